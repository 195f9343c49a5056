package dev.syris.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syris.contracts.topic.Topics;
import dev.syris.platform.migrate.SchemaMigration;
import dev.syris.platform.postgres.PostgresSettings;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

@WithBackends
class TestBackendsIT {

  private static final TestDatabase DATABASE = TestBackends.freshDatabase();

  @Test
  void shouldHaveEveryTopicOfTheCatalogue() throws Exception {
    // When
    try (Admin admin = Admin.create(TestBackends.kafka().clientConfig())) {
      // Then
      assertThat(admin.listTopics().names().get())
          .containsAll(Topics.ALL.stream().map(topic -> topic.name()).toList());
    }
  }

  @Test
  void shouldLetTheProducerWriteTheInboxAndNothingElse() {
    // Given
    try (var producer = producer("producer")) {
      // When
      assertThat(producer.send(new ProducerRecord<>(Topics.INBOX.name(), new byte[] {1})))
          .succeedsWithin(java.time.Duration.ofSeconds(10));
      // Then
      assertThatThrownBy(
              () ->
                  producer
                      .send(new ProducerRecord<>(Topics.RAW_EVENT.name(), new byte[] {1}))
                      .get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(TopicAuthorizationException.class);
    }
  }

  @Test
  void shouldGiveEachCallerADatabaseOfItsOwn() throws Exception {
    // Given
    run(DATABASE.owner(), "create schema mine; create table mine.thing (id int)");
    // When
    TestDatabase other = TestBackends.freshDatabase();
    // Then
    assertThatThrownBy(() -> run(other.owner(), "select * from mine.thing"))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void shouldLetEveryServiceRoleIn() throws Exception {
    // When / Then
    for (String role : SchemaMigration.roles()) {
      run(DATABASE.as(role), "select 1");
    }
  }

  private static void run(PostgresSettings who, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(who.url(), who.username(), who.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(String principal) {
    return new KafkaProducer<>(
        TestBackends.kafka(principal).producerConfig("test-" + principal),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}

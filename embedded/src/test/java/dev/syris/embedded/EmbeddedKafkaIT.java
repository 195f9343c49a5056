package dev.syris.embedded;

import static dev.syris.embedded.KafkaFixture.createTopic;
import static dev.syris.embedded.KafkaFixture.login;
import static dev.syris.embedded.KafkaFixture.open;
import static dev.syris.embedded.KafkaFixture.producer;
import static dev.syris.embedded.KafkaFixture.read;
import static dev.syris.embedded.KafkaFixture.settings;
import static dev.syris.embedded.KafkaFixture.write;
import static dev.syris.embedded.KafkaFixture.writeInTransaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

  @TempDir private static Path folder;

  private static EmbeddedKafkaSettings settings;
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void start() {
    settings = settings(folder.resolve("shared"));
    kafka = EmbeddedKafka.start(settings);
    createTopic(kafka, "open", Map.of());
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void shouldRefuseWhoHasNoCredentials() {
    // Given
    var config = open(kafka.bootstrapServers());
    config.put("default.api.timeout.ms", 2_000);
    config.put("request.timeout.ms", 2_000);
    try (var admin = Admin.create(config)) {
      // When / Then
      assertThatThrownBy(() -> admin.listTopics().names().get())
          .hasCauseInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void shouldRefuseAWrongPasswordAndAnUnknownUser() {
    for (var stranger : Map.of("admin", "guess", "root", "root").entrySet()) {
      // Given
      try (var admin =
          Admin.create(login(kafka.bootstrapServers(), stranger.getKey(), stranger.getValue()))) {
        // When / Then
        assertThatThrownBy(() -> admin.listTopics().names().get())
            .hasCauseInstanceOf(AuthenticationException.class);
      }
    }
  }

  @Test
  void shouldRefuseAUserOnTheControllersListener() {
    // Given
    var config = login("127.0.0.1:" + settings.controllerPort(), "task", "task");
    config.put("bootstrap.controllers", config.remove("bootstrap.servers"));
    try (var admin = Admin.create(config)) {
      // When / Then
      assertThatThrownBy(() -> admin.describeCluster().nodes().get())
          .hasCauseInstanceOf(AuthenticationException.class);
    }
  }

  @Test
  void shouldRefuseWhatNoAccessListAllows() {
    // Given
    var task = login(kafka.bootstrapServers(), "task", "task");
    try (var producer = producer(task);
        var admin = Admin.create(login(kafka.bootstrapServers(), "task", "task"))) {
      // When / Then
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>("open", "x")).get())
          .hasCauseInstanceOf(TopicAuthorizationException.class);
      assertThatThrownBy(() -> admin.describeAcls(AclBindingFilter.ANY).values().get())
          .hasCauseInstanceOf(ClusterAuthorizationException.class);
      assertThat(admin.listTopics().names()).isNotNull();
    }
  }

  @Test
  void shouldNotMakeATopicBySendingToIt() {
    // Given
    try (var producer = producer(KafkaFixture.admin(kafka))) {
      // When / Then
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>("typo", "x")).get())
          .isInstanceOf(Exception.class);
    }
    try (var admin = Admin.create(KafkaFixture.admin(kafka))) {
      assertThatThrownBy(() -> admin.describeTopics(List.of("typo")).allTopicNames().get())
          .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }
  }

  @Test
  void shouldCarryFourMebibytes() {
    // Given
    String value = "x".repeat(4 * 1024 * 1024);
    createTopic(kafka, "large", Map.of());
    // When
    write(kafka, "large", value);
    // Then
    assertThat(read(kafka, "large")).containsExactly(value);
  }

  @Test
  void shouldFindEverythingWhenStartedAgainBesideAnother() {
    // Given
    Path own = folder.resolve("own");
    try (var first = EmbeddedKafka.start(settings(own))) {
      createTopic(first, "kept", Map.of());
      write(first, "kept", "one");
      writeInTransaction(first, "kept", "two");
    }
    // When
    try (var second = EmbeddedKafka.start(settings(own))) {
      // Then
      assertThat(read(second, "kept")).containsExactly("one", "two");
    }
  }

  @Test
  void shouldFindEverythingWhenItsOwnerWasKilled() throws Exception {
    // Given
    var own = settings(folder.resolve("killed"));
    Process owner = ChildJvm.start("kafka", own.folder(), own.port(), own.controllerPort());
    ChildJvm.awaitReady(owner);
    ChildJvm.kill(owner);
    // When
    try (var again = EmbeddedKafka.start(own)) {
      writeInTransaction(again, "kept", "after the kill");
      // Then
      assertThat(read(again, "kept"))
          .containsExactly("before the kill", "committed before the kill", "after the kill");
    }
  }

  @Test
  void shouldRefuseASecondOwner() {
    // When / Then
    assertThatThrownBy(() -> EmbeddedKafka.start(settings(settings.folder())))
        .isInstanceOf(EmbeddedException.class)
        .hasMessage("the folder %s of Kafka is in use by another instance", settings.folder());
  }

  @Test
  void shouldNameThePortWhenItIsTaken() {
    // When / Then
    assertThatThrownBy(
            () ->
                EmbeddedKafka.start(
                    new EmbeddedKafkaSettings(
                        folder.resolve("other"),
                        settings.port(),
                        settings.controllerPort(),
                        KafkaFixture.USERS)))
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining("port " + settings.port() + " for Kafka is taken");
  }
}

package dev.syris.platform.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.topic.Topics;
import dev.syris.platform.kafka.KafkaSettings;
import dev.syris.platform.time.Signal;
import dev.syris.task.support.Database;
import dev.syris.task.support.Topic;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** In this module because the test kit needs the platform. Dead letters stand for any words. */
@WithBackends
class OutboxIT {

  private static final OutboxSettings SETTINGS = new OutboxSettings("task", Duration.ofSeconds(10));

  private final TestDatabase test = TestBackends.freshDatabase();
  private final Database database = new Database(test.as("syris_task"));
  private final Signal signal = new Signal();
  private final Outbox outbox = new Outbox(database.jdbc, "task", signal);
  private final Topic topic = new Topic(Topics.DEAD_LETTER.name());
  private final String run = UUID.randomUUID().toString();
  private final List<OutboxPublisher> publishers = new ArrayList<>();

  @AfterEach
  void close() {
    publishers.forEach(OutboxPublisher::close);
    topic.close();
    database.close();
  }

  @Test
  void shouldPublishEverythingInOrderWithItsHeaders() {
    // Given
    OutboxPublisher publisher = publisher("1");
    IntStream.range(0, 25)
        .forEach(
            n ->
                say(
                    words(n * 2)
                        .withHeader("h", new byte[] {(byte) 0xff})
                        .withHeader("h", (byte[]) null),
                    words(n * 2 + 1)));
    // When
    OutboxPublisher.Step step = publisher.step();
    // Then
    assertThat(step).isEqualTo(OutboxPublisher.Step.PUBLISHED);
    awaitSaid(IntStream.range(0, 50).boxed().toList());
    ConsumerRecord<byte[], byte[]> first = said().getFirst();
    assertThat(first.headers().headers("h"))
        .extracting(header -> header.value())
        .containsExactly(new byte[] {(byte) 0xff}, null);
    assertThat(depth()).isZero();
    assertThat(publisher.step()).isEqualTo(OutboxPublisher.Step.NOTHING_TO_SAY);
  }

  @Test
  void shouldPublishRowsOfTheFormerReleaseBeforeItsOwn() {
    // Given
    OutboxPublisher publisher = publisher("1");
    database
        .jdbc
        .sql("insert into task.outbox (records) values (:records)")
        .param("records", Json.mapper().writeValueAsString(List.of(words(1), words(2))))
        .update();
    say(words(3));
    // When
    publisher.step();
    // Then
    awaitSaid(List.of(1, 2, 3));
    assertThat(depth()).isZero();
  }

  @Test
  void shouldSayNothingOfATransactionThatRolledBack() {
    // Given
    database.transaction.executeWithoutResult(
        status -> {
          outbox.append(List.of(words(1)));
          status.setRollbackOnly();
        });
    // When
    OutboxPublisher.Step step = publisher("1").step();
    // Then
    assertThat(step).isEqualTo(OutboxPublisher.Step.NOTHING_TO_SAY);
  }

  @Test
  void shouldRefuseWordsOutsideATransactionAndWordsThatNeverFit() {
    // When / Then
    assertThatThrownBy(() -> outbox.append(List.of(words(1))))
        .isInstanceOf(IllegalStateException.class);
    var big =
        new OutboxRecord(
            Topics.DEAD_LETTER.name(), null, new byte[OutboxRecord.MAX_BYTES], List.of());
    assertThatThrownBy(() -> say(big)).isInstanceOf(IllegalArgumentException.class);
    assertThat(depth()).isZero();
  }

  @Test
  void shouldPublishTheLargestWordsThereMayBe() {
    // Given
    var large =
        new OutboxRecord(
            Topics.DEAD_LETTER.name(), null, new byte[OutboxRecord.MAX_BYTES - 100], List.of());
    for (int i = 0; i < 5; i++) {
      say(large.withHeader("run", run));
    }
    OutboxPublisher publisher = publisher("1");
    // When
    int steps = 0;
    while (publisher.step() == OutboxPublisher.Step.PUBLISHED) {
      steps++;
    }
    // Then
    assertThat(steps).isBetween(2, 5);
    assertThat(depth()).isZero();
    await()
        .until(
            () ->
                topic.seen().stream()
                        .filter(words -> words.serializedValueSize() > 4_000_000)
                        .count()
                    == 5);
  }

  @Test
  void shouldHoldNoMoreThanItsBoundHoweverSmallRowsArePacked() {
    // Given
    var alike = new OutboxRecord(Topics.DEAD_LETTER.name(), null, new byte[1024 * 1024], List.of());
    for (int i = 0; i < 20; i++) {
      say(alike);
    }
    var table = new OutboxTable(database.jdbc, "task");
    // When
    List<OutboxTable.Row> rows = table.read(1000, 8L * 1024 * 1024);
    // Then
    assertThat(rows).hasSizeBetween(8, 9);
  }

  @Test
  void shouldRepeatTheSameWordsWhenItEndsBetweenPublishingAndDeleting() {
    // Given
    say(words(1), words(2));
    say(words(3));
    try (var owner = new Database(test.owner())) {
      owner.jdbc.sql("revoke delete on task.outbox from syris_task").update();
      OutboxPublisher doomed = publisher("1");
      assertThatThrownBy(doomed::step).isInstanceOf(DataAccessException.class);
      doomed.close();
      owner.jdbc.sql("grant delete on task.outbox to syris_task").update();
    }
    // When
    publisher("1").step();
    // Then
    awaitSaid(List.of(1, 2, 3, 1, 2, 3));
    assertThat(depth()).isZero();
  }

  @Test
  void shouldTakeOverFromAnotherInstanceOnlyWhenItsLeaseIsOver() {
    // Given
    OutboxPublisher first = publisher("1");
    OutboxPublisher second = publisher("2");
    first.step();
    say(words(1));
    // When
    OutboxPublisher.Step before = second.step();
    expireLease();
    OutboxPublisher.Step after = second.step();
    // Then
    assertThat(before).isEqualTo(OutboxPublisher.Step.NOT_LEADING);
    assertThat(after).isEqualTo(OutboxPublisher.Step.PUBLISHED);
    awaitSaid(List.of(1));
  }

  @Test
  void shouldTakeOverFromItsFormerSelfAtOnce() {
    // Given
    OutboxPublisher killed = publisher("1");
    killed.step();
    say(words(1));
    // When
    OutboxPublisher.Step step = publisher("1").step();
    // Then
    assertThat(step).isEqualTo(OutboxPublisher.Step.PUBLISHED);
    awaitSaid(List.of(1));
  }

  @Test
  void shouldLetAThawedLeaderPublishNothing() {
    // Given
    OutboxPublisher thawed = publisher("1");
    OutboxPublisher successor = publisher("2");
    thawed.step();
    expireLease();
    successor.step();
    say(words(1));
    // When: it does not know yet
    assertThatThrownBy(thawed::step).isInstanceOf(KafkaException.class);
    thawed.close();
    OutboxPublisher.Step next = thawed.step();
    successor.step();
    // Then
    assertThat(next).isEqualTo(OutboxPublisher.Step.NOT_LEADING);
    awaitSaid(List.of(1));
  }

  @Test
  void shouldSeeARowThatCommitsAfterOnesWithHigherNumbers() {
    // Given
    OutboxPublisher publisher = publisher("1");
    try (var slow = new Database(test.as("syris_task"))) {
      var slowOutbox = new Outbox(slow.jdbc, "task", signal);
      // When
      slow.transaction.executeWithoutResult(
          _ -> {
            slowOutbox.append(List.of(words(1)));
            sayElsewhere(words(2));
            publisher.step();
          });
      publisher.step();
    }
    // Then
    awaitSaid(List.of(2, 1));
  }

  @Test
  void shouldPublishWithoutDelayWhenWokenAndStopAtOnce() {
    // Given
    var relay = new OutboxRelay(publisher("1"), signal);
    relay.start();
    await().until(relay::leading);
    // When
    long begin = System.nanoTime();
    say(words(1));
    awaitSaid(List.of(1));
    long stopping = System.nanoTime();
    relay.stop();
    long stopped = System.nanoTime();
    // Then
    assertThat(Duration.ofNanos(stopping - begin)).isLessThan(Duration.ofMillis(900));
    assertThat(Duration.ofNanos(stopped - stopping)).isLessThan(Duration.ofSeconds(1));
    assertThat(publisher("2").step()).isNotEqualTo(OutboxPublisher.Step.NOT_LEADING);
  }

  @Test
  void shouldKeepUpWithManySmallTransactions() {
    // Given
    int rows = 20_000;
    database
        .jdbc
        .sql(
            "insert into task.outbox (packed, bytes) select :packed, 100 from generate_series(1, :rows)")
        .param("packed", PackedRecords.pack(List.of(words(1), words(2))))
        .param("rows", rows)
        .update();
    OutboxPublisher publisher = publisher("1");
    publisher.step();
    // When
    long begin = System.nanoTime();
    int steps = 0;
    while (publisher.step() == OutboxPublisher.Step.PUBLISHED) {
      steps++;
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    // Then
    System.out.printf(
        "outbox: %.0f rows/s (2 records each), %d steps%n", (rows - 1000) / seconds, steps);
    assertThat(depth()).isZero();
    assertThat((rows - 1000) / seconds).isGreaterThan(1000);
  }

  private OutboxPublisher publisher(String instance) {
    KafkaSettings kafka = TestBackends.kafka("task");
    var publisher = new OutboxPublisher(database.jdbc, SETTINGS, instance, kafka);
    publishers.add(publisher);
    return publisher;
  }

  private void say(OutboxRecord... words) {
    database.transaction.executeWithoutResult(_ -> outbox.append(List.of(words)));
  }

  private void sayElsewhere(OutboxRecord words) {
    try (var other = new Database(test.as("syris_task"))) {
      other.transaction.executeWithoutResult(
          _ -> new Outbox(other.jdbc, "task", signal).append(List.of(words)));
    }
  }

  private OutboxRecord words(int n) {
    return new OutboxRecord(
            Topics.DEAD_LETTER.name(), null, Integer.toString(n).getBytes(UTF_8), List.of())
        .withHeader("run", run);
  }

  private void expireLease() {
    database
        .jdbc
        .sql("update task.outbox_leader set expires_at = now() - interval '1 second'")
        .update();
  }

  private long depth() {
    return database.count("select count(*) from task.outbox");
  }

  private void awaitSaid(List<Integer> expected) {
    await()
        .untilAsserted(
            () ->
                assertThat(said())
                    .extracting(words -> Integer.parseInt(new String(words.value(), UTF_8)))
                    .isEqualTo(expected));
  }

  private List<ConsumerRecord<byte[], byte[]>> said() {
    return topic.seen().stream()
        .filter(words -> words.headers().lastHeader("run") != null)
        .filter(words -> new String(words.headers().lastHeader("run").value(), UTF_8).equals(run))
        .toList();
  }
}

package dev.syris.task.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.control.SystemStatus;
import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.topic.Topics;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.time.Signal;
import dev.syris.task.alarm.Alarms;
import dev.syris.task.alarm.Finding;
import dev.syris.task.alarm.Finding.Severity;
import dev.syris.task.support.Database;
import dev.syris.task.support.ManualClock;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How the system fares, as the alarms have it and as the pipeline is told. */
@WithBackends
class SystemStatusIT {

  private final TestDatabase test = TestBackends.freshDatabase();
  private final Database database = new Database(test.as("syris_task"));
  private final ManualClock clock = new ManualClock(Instant.parse("2026-06-01T12:00:00Z"));
  private final Outbox outbox = new Outbox(database.jdbc, "task", new Signal());
  private final Alarms alarms =
      new Alarms(database.jdbc, outbox, new IdSource(clock, new Random()), clock, _ -> {});
  private final SystemStatusTable table = new SystemStatusTable(database.jdbc);
  private final SystemStatusBook book =
      new SystemStatusBook(database.jdbc, database.transaction, outbox, clock);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void shouldBeDegradedWhileThereIsAnAlarmThatIsMoreThanAWarning() {
    // When
    raise("w", Severity.WARNING);
    book.follow();
    raise("a", Severity.ERROR);
    raise("b", Severity.CRITICAL);
    book.follow();
    clear("a");
    book.follow();
    SystemStatus withOne = table.now();
    clear("b");
    book.follow();
    // Then
    assertThat(withOne).isEqualTo(SystemStatus.DEGRADED);
    assertThat(table.now()).isEqualTo(SystemStatus.HEALTHY);
    assertThat(told()).containsExactly("degraded 2", "healthy 3");
  }

  @Test
  void shouldTellAChangeOnceHoweverManyLook() {
    // Given
    raise("a", Severity.ERROR);
    // When
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 40; i++) {
        threads.submit(book::follow);
      }
    }
    // Then
    assertThat(told()).containsExactly("degraded 2");
  }

  @Test
  void shouldTellItOnceMoreUnderTheVersionItHas() {
    // Given
    raise("a", Severity.ERROR);
    book.follow();
    // When
    database.transaction.executeWithoutResult(_ -> outbox.append(List.of(book.retell())));
    // Then
    assertThat(told()).containsExactly("degraded 2", "degraded 2");
  }

  private void raise(String key, Severity severity) {
    database.transaction.executeWithoutResult(
        _ -> alarms.raise(Finding.of("test", severity, key, "something is wrong", Json.object())));
  }

  private void clear(String key) {
    database.transaction.executeWithoutResult(_ -> alarms.clear(key, "over"));
  }

  private List<String> told() {
    return database.said(Topics.CONTROL_SETTING.name()).stream()
        .map(said -> Json.mapper().readTree(said.value()))
        .map(SystemStatusIT::words)
        .toList();
  }

  private static String words(JsonNode said) {
    assertThat(said.path("name").asString()).isEqualTo("system_status");
    return said.at("/value/status").asString() + " " + said.path("version").asLong();
  }
}

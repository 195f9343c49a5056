package dev.syris.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.topic.Topics;
import dev.syris.task.support.Database;
import dev.syris.task.support.Requests;
import dev.syris.task.support.RunningTask;
import dev.syris.task.support.Topic;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Starts and stops of the whole service, and a database that goes away. */
@WithBackends
class TaskServiceRestartIT {

  private final TestDatabase test = TestBackends.freshDatabase();
  private final String group = "syris-task-" + test.name();
  private final Database database = new Database(test.as("syris_task"));
  private final Topic audit = Topic.audit();

  @AfterEach
  void close() {
    audit.close();
    database.close();
  }

  @Test
  void shouldDoNothingTwiceWhenRowsWereWrittenAndTheOffsetsWereNot() {
    // Given
    ToolCallRequest[] requests = some(20);
    try (var service = RunningTask.start(test, group)) {
      audit.send(requests);
      awaitSucceeded(requests);
      assertThat(service.port()).isPositive();
    }
    database.jdbc.sql("update task.intake_position set next_offset = 0").update();
    // When
    ToolCallRequest next = Requests.noop("{}");
    audit.send(next);
    try (var service = RunningTask.start(test, group)) {
      awaitSucceeded(next);
      assertThat(service.port()).isPositive();
    }
    // Then
    for (ToolCallRequest request : requests) {
      assertThat(audit.types(request.traceId()))
          .containsExactly("tool_call.attempted", "tool_call.succeeded");
    }
    assertThat(
            database
                .jdbc
                .sql("select restart_reason from task.system_health")
                .query(String.class)
                .single())
        .isEqualTo("clean");
  }

  @Test
  void shouldTakeWhatCameWhileItWasAwayAndStopWithinASecond() {
    // Given
    RunningTask.start(test, group).close();
    ToolCallRequest[] requests = some(10);
    audit.send(requests);
    // When
    RunningTask service = RunningTask.start(test, group);
    awaitSucceeded(requests);
    long begin = System.nanoTime();
    service.close();
    // Then
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void shouldRaiseAnAlarmAndReadOnWhenTheTopicIsShorterThanWhatWasRead() {
    // Given
    database
        .jdbc
        .sql(
            "insert into task.intake_position select :topic, n, 1000000, now() from"
                + " generate_series(0, 3) n")
        .param("topic", Topics.TOOL_CALL.name())
        .update();
    ToolCallRequest request = Requests.noop("{}");
    audit.send(request);
    // When
    try (var service = RunningTask.start(test, group)) {
      // Then
      awaitSucceeded(request);
      assertThat(service.port()).isPositive();
      await()
          .untilAsserted(
              () ->
                  assertThat(alarms())
                      .extracting(alarm -> alarm.details().get("alarm_type").asString())
                      .hasSize(4)
                      .containsOnly("intake.gap"));
    }
  }

  @Test
  void shouldLoseNothingWhileTheDatabaseIsAway() {
    try (var service = RunningTask.start(test, group);
        var superuser = new Database(TestBackends.emptyDatabase().superuser())) {
      ToolCallRequest before = Requests.noop("{}");
      audit.send(before);
      awaitSucceeded(before);
      // When
      superuser
          .jdbc
          .sql("alter database %s allow_connections false".formatted(test.name()))
          .update();
      superuser
          .jdbc
          .sql(
              "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = :name")
          .param("name", test.name())
          .query(Long.class)
          .single();
      ToolCallRequest[] requests = some(20);
      audit.send(requests);
      await().until(() -> service.unhealthy("tool-call-intake"));
      superuser
          .jdbc
          .sql("alter database %s allow_connections true".formatted(test.name()))
          .update();
      // Then
      awaitSucceeded(requests);
      await().until(() -> !service.unhealthy("tool-call-intake"));
    }
  }

  @Test
  void shouldTakeUpACallThatWasCutOffByTheStop() {
    // Given
    ToolCallRequest slow = Requests.noop("{\"sleep_ms\": 3000}");
    RunningTask service = RunningTask.start(test, group);
    audit.send(slow);
    await()
        .untilAsserted(
            () -> assertThat(audit.types(slow.traceId())).containsExactly("tool_call.attempted"));
    service.close();
    String left = database.status(slow.toolCallId());
    // When
    try (var next = RunningTask.start(test, group)) {
      // Then
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(audit.types(slow.traceId()))
                      .containsExactly(
                          "tool_call.attempted", "tool_call.attempted", "tool_call.succeeded"));
      assertThat(left).isEqualTo("started");
      assertThat(next.port()).isPositive();
    }
  }

  private List<AuditEvent> alarms() {
    return audit.seen().stream()
        .map(words -> Json.read(words.value(), AuditEvent.class))
        .filter(event -> event.type().equals("alarm.raised"))
        .toList();
  }

  private static ToolCallRequest[] some(int count) {
    return IntStream.range(0, count)
        .mapToObj(_ -> Requests.noop("{}"))
        .toArray(ToolCallRequest[]::new);
  }

  private void awaitSucceeded(ToolCallRequest... requests) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              for (ToolCallRequest request : requests) {
                assertThat(audit.types(request.traceId()))
                    .containsExactly("tool_call.attempted", "tool_call.succeeded");
              }
            });
  }
}

package dev.syris.task.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.topic.Topics;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.time.Signal;
import dev.syris.task.TaskSettings;
import dev.syris.task.call.CallInbox;
import dev.syris.task.call.ReceivedCall;
import dev.syris.task.call.RuntimeParts;
import dev.syris.task.call.ToolRuntime;
import dev.syris.task.call.UnknownOutcomes;
import dev.syris.task.instance.Instance;
import dev.syris.task.support.Database;
import dev.syris.task.support.Gates;
import dev.syris.task.support.ManualClock;
import dev.syris.task.support.Requests;
import dev.syris.task.timer.TimerTool;
import dev.syris.task.tool.ToolRegistry;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

@WithBackends
class TimersIT {

  private static final TaskSettings SETTINGS =
      new TaskSettings(
          64,
          Duration.ofMillis(50),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofMillis(200));

  private final TestDatabase test = TestBackends.freshDatabase();
  private final Database database = new Database(test.as("syris_task"));
  private final ManualClock clock = new ManualClock(Instant.now());
  private final Outbox outbox = new Outbox(database.jdbc, "task", new Signal());
  private final PlanReader reader = new PlanReader(ZoneId.of("UTC"));
  private final ScheduleTable table = new ScheduleTable(database.jdbc, reader);
  private final ScheduleLoop loop = loop();
  private final Instance instance = new Instance(database.jdbc, clock, SETTINGS, "1", "test");
  private final ToolRuntime runtime = runtime();

  @AfterEach
  void close() {
    loop.stop();
    runtime.stop();
    instance.stop();
    database.close();
  }

  @Test
  void shouldSetOneTimerInTheTransactionOfItsOutcome() {
    // Given
    ToolCallRequest request = Requests.timer(600, "timer");
    // When
    receiveAndRun(request);
    // Then
    assertThat(database.types(request.toolCallId()))
        .containsExactly("tool_call.attempted", "tool_call.succeeded");
    assertThat(database.audits(request.toolCallId()).getLast().summary())
        .startsWith("Set a timer for 10 minutes, due at ");
    assertThat(table.next())
        .hasValueSatisfying(
            due ->
                assertThat(due)
                    .isBetween(
                        request.requestedAt().plusSeconds(599),
                        request.requestedAt().plusSeconds(601)));
  }

  @Test
  void shouldFireWhenDueAndOnlyThen() {
    // Given
    loop.start();
    receiveAndRun(Requests.timer(600, "timer"));
    // When
    clock.advance(Duration.ofSeconds(590));
    loop.wake();
    int early = loop.runDue();
    clock.advance(Duration.ofSeconds(20));
    loop.wake();
    // Then
    await().untilAsserted(() -> assertThat(database.said(Topics.RAW_EVENT.name())).hasSize(1));
    assertThat(early).isZero();
    assertThat(database.count("select count(*) from task.schedule where next_run_at is not null"))
        .isZero();
  }

  @Test
  void shouldFireOverdueOnesAtTheStartEachOnce() {
    // Given
    receiveAndRun(
        Stream.generate(() -> Requests.timer(5, "timer"))
            .limit(250)
            .toArray(ToolCallRequest[]::new));
    clock.advance(Duration.ofDays(3));
    ScheduleLoop other = loop();
    // When
    loop.start();
    other.start();
    // Then
    await()
        .until(
            () ->
                database.count("select count(*) from task.schedule where next_run_at is not null")
                    == 0);
    other.stop();
    assertThat(database.said(Topics.RAW_EVENT.name())).hasSize(250).doesNotHaveDuplicates();
  }

  @Test
  void shouldForgetThoseThatFiredLongEnoughAgoAndNoOthers() {
    // Given: two are over, one waits, one was switched off before its time
    var clocks = new FiredClocks(table, settings(Duration.ofDays(7)));
    receiveAndRun(Requests.timer(60, "timer"), Requests.timer(60, "timer"));
    receiveAndRun(Requests.timer(864_000, "timer"), Requests.timer(864_001, "timer"));
    database
        .jdbc
        .sql(
            "update task.schedule set next_run_at = null where next_run_at = (select max(next_run_at) from task.schedule)")
        .update();
    clock.advance(Duration.ofMinutes(2));
    loop.runDue();
    // When
    clock.advance(Duration.ofDays(7));
    int early = clocks.forget(clock.instant(), 10);
    clock.advance(Duration.ofMillis(1));
    int first = clocks.forget(clock.instant(), 1);
    int rest = clocks.forget(clock.instant(), 10);
    // Then
    assertThat(List.of(early, first, rest)).containsExactly(0, 1, 1);
    assertThat(database.count("select count(*) from task.schedule where fired_count = 0"))
        .isEqualTo(2);
    assertThat(database.count("select count(*) from task.schedule")).isEqualTo(2);
    assertThat(database.audits("schedule.fired")).hasSize(2);
  }

  @Test
  void shouldNeitherFireNorSayAnythingWhenItEndsHalfWay() {
    // Given
    receiveAndRun(Requests.timer(5, "timer"));
    clock.advance(Duration.ofSeconds(10));
    try (var owner = new Database(test.owner())) {
      owner
          .jdbc
          .sql("alter table task.outbox add constraint ck_full check (false) not valid")
          .update();
      // When
      assertThatThrownBy(loop::runDue).isInstanceOf(DataIntegrityViolationException.class);
      owner.jdbc.sql("alter table task.outbox drop constraint ck_full").update();
    }
    // Then
    assertThat(database.count("select count(*) from task.schedule where next_run_at is not null"))
        .isEqualTo(1);
    assertThat(loop.runDue()).isEqualTo(1);
  }

  @Test
  void shouldFailTheCallAndSetNothingWhenTheDatabaseRefusesTheTimer() {
    // Given
    try (var owner = new Database(test.owner())) {
      owner
          .jdbc
          .sql(
              "alter table task.schedule add constraint ck_no check (body ->> 'name' <> '7 seconds')")
          .update();
    }
    ToolCallRequest good = Requests.timer(60, "timer");
    ToolCallRequest bad = Requests.timer(7, "timer");
    // When
    receiveAndRun(bad, good);
    // Then
    assertThat(database.status(bad.toolCallId())).isEqualTo("failed");
    assertThat(database.status(good.toolCallId())).isEqualTo("succeeded");
    assertThat(database.count("select count(*) from task.schedule")).isEqualTo(1);
  }

  private void receiveAndRun(ToolCallRequest... requests) {
    var inbox = new CallInbox(database.jdbc, clock, runtime);
    if (!runtime.isRunning()) {
      instance.start();
      runtime.start();
    }
    List<ReceivedCall> calls = Stream.of(requests).map(ReceivedCall::of).toList();
    database.transaction.executeWithoutResult(_ -> inbox.add(calls));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                database.count(
                        "select count(*) from task.tool_call where status in ('received',"
                            + " 'started')")
                    == 0);
  }

  private ScheduleLoop loop() {
    return new ScheduleLoop(
        table,
        database.transaction,
        outbox,
        (_, _) -> Set.of(),
        clock,
        SETTINGS,
        settings(Duration.ofDays(7)));
  }

  private static ScheduleSettings settings(Duration keepFired) {
    return new ScheduleSettings(Duration.ofSeconds(10), keepFired);
  }

  private ToolRuntime runtime() {
    var registry = new ToolRegistry();
    registry.register(new TimerTool(new Schedules(table, reader, clock, loop::wake)));
    return new ToolRuntime(
        new RuntimeParts(
            database.jdbc,
            database.transaction,
            outbox,
            registry,
            clock,
            Gates.of(database, outbox, clock),
            UnknownOutcomes.NOBODY),
        instance,
        SETTINGS,
        new SimpleMeterRegistry());
  }
}

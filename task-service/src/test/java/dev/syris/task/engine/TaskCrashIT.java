package dev.syris.task.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.TaskId;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.platform.problem.ProblemException;
import dev.syris.task.call.Resolution;
import dev.syris.task.instance.Owner;
import dev.syris.task.support.Database;
import dev.syris.task.support.ScriptedTool;
import dev.syris.task.tool.ActionDefinition.Effect;
import dev.syris.task.tool.Invocation;
import dev.syris.task.tool.ToolAnswer;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a task when its process ends, is frozen, or shares its work. */
@WithBackends
class TaskCrashIT {

  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final String SOON =
      "\"retry_policy\": {\"strategy\": \"fixed\", \"base_delay_ms\": 400}";

  private final TestDatabase test = TestBackends.freshDatabase();
  private final Database owner = new Database(test.owner());
  private final ScriptedTool once = tool("once", Effect.ONCE);
  private final ScriptedTool idempotent = tool("idempotent", Effect.IDEMPOTENT);
  private final ScriptedTool reading = tool("reading", Effect.READ_ONLY);
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void close() {
    gate.countDown();
    owner.close();
  }

  @Test
  void shouldStartAfterACrashWhatWasCreatedOnly() {
    // Given
    EngineProcess doomed = process("1", LEASE);
    TaskId task = doomed.create(plan(step("a", "once")));
    doomed.crash();
    // When
    try (var process = process("1", LEASE).start()) {
      awaitStatus(process, task, "succeeded");
      // Then
      assertThat(once.calls()).hasSize(1);
      assertThat(process.trail(task)).doesNotContain("task.interrupted", "task.recovered");
    }
  }

  @Test
  void shouldRepeatWhatMayBeRepeatedWhenItEndsBetweenClaimAndSend() {
    // Given
    EngineProcess doomed = process("1", LEASE);
    TaskId a = doomed.create(plan(step("a", "idempotent")));
    TaskId b = doomed.create(plan(step("b", "reading")));
    TaskId c = doomed.create(plan(step("c", "once")));
    claimAndVanish(doomed);
    String key = key(a);
    // When
    try (var process = process("1", LEASE).start()) {
      awaitStatus(process, a, "succeeded");
      awaitStatus(process, b, "succeeded");
      awaitStep(process, c, "unknown");
      // Then
      assertThat(idempotent.calls())
          .singleElement()
          .satisfies(call -> assertThat(call.idempotencyKey()).isEqualTo(key));
      assertThat(reading.calls()).hasSize(1);
      assertThat(once.calls()).isEmpty();
      assertThat(process.task(c).get("waiting_for").asString()).isEqualTo("operator");
      assertThat(alarms(process)).hasSize(1);
      Stream.of(a, b, c).forEach(task -> assertInterruptedOnce(process, task));
    }
  }

  @Test
  void shouldNeverRepeatBlindlyWhenItEndsBetweenCallAndOutcome() {
    // Given
    for (ScriptedTool tool : List.of(once, idempotent, reading)) {
      tool.does(call -> tool.calls().size() == 1 ? waitAtGate() : ToolRuntimeDone.done());
    }
    EngineProcess doomed = process("1", LEASE).start();
    TaskId a = doomed.create(plan(step("a", "idempotent")));
    TaskId b = doomed.create(plan(step("b", "reading")));
    TaskId c = doomed.create(plan(step("c", "once"), step("d", "once")));
    await()
        .until(() -> Stream.of(once, idempotent, reading).allMatch(it -> it.calls().size() == 1));
    doomed.crash();
    // When
    try (var process = process("1", LEASE).start()) {
      awaitStatus(process, a, "succeeded");
      awaitStatus(process, b, "succeeded");
      awaitStep(process, c, "unknown");
      // Then
      assertThat(idempotent.calls()).hasSize(2);
      assertThat(keys(idempotent)).hasSize(1);
      assertThat(reading.calls()).hasSize(2);
      assertThat(once.calls()).hasSize(1);
      assertThat(alarms(process)).hasSize(1);
      Stream.of(a, b, c).forEach(task -> assertInterruptedOnce(process, task));
    }
  }

  @Test
  void shouldGoOnWithTheNextStepWhenItEndsAfterAnOutcome() {
    // Given
    once.does(call -> call.args().has("b") ? ToolRuntimeDone.done() : waitAtGate());
    EngineProcess doomed = process("1", LEASE).start();
    TaskId task = doomed.create(plan(step("a", "once"), step("b", "once", "\"args\": {\"b\": 1}")));
    await().until(() -> once.calls().size() == 1);
    doomed.engine.stop(); // what ends from now on is recorded, and starts nothing
    gate.countDown();
    awaitStep(doomed, task, "succeeded");
    doomed.crash();
    // When
    try (var process = process("1", LEASE).start()) {
      awaitStatus(process, task, "succeeded");
      // Then
      assertThat(once.calls()).hasSize(2);
      assertThat(process.trail(task)).doesNotContain("task.interrupted");
    }
  }

  @Test
  void shouldRetryWithTheSameKeyWhenItEndsWhileWaitingForThat() {
    // Given
    once.does(
        call ->
            once.calls().size() == 1
                ? new ToolAnswer.Failed(ErrorDetail.retryable("busy", "later"))
                : ToolRuntimeDone.done());
    EngineProcess doomed = process("1", LEASE).start();
    TaskId task = doomed.create(plan(step("a", "once", SOON)));
    awaitWaiting(doomed, task, "retry");
    doomed.crash();
    // When
    try (var process = process("1", LEASE).start()) {
      awaitStatus(process, task, "succeeded");
      // Then
      assertThat(once.calls()).hasSize(2);
      assertThat(keys(once)).hasSize(1);
      assertThat(process.task(task).at("/steps/0/attempt").asInt()).isEqualTo(2);
    }
  }

  @Test
  void shouldGoOnWhenItEndsWhileWaitingForATime() {
    // Given
    EngineProcess doomed = process("1", LEASE).start();
    TaskId task = doomed.create(plan(step("a", "once", "\"wait\": \"PT0.4S\"")));
    awaitWaiting(doomed, task, "time");
    doomed.crash();
    // When
    try (var process = process("1", LEASE).start()) {
      awaitStatus(process, task, "succeeded");
      // Then
      assertThat(once.calls()).hasSize(1);
    }
  }

  @Test
  void shouldStayPausedAfterACrash() {
    // Given
    EngineProcess doomed = process("1", LEASE);
    TaskId task = doomed.create(plan(step("a", "once")));
    doomed.commands.pause(task, EngineProcess.OPERATOR);
    doomed.crash();
    try (var process = process("1", LEASE).start()) {
      TaskId marker = process.create(plan(step("m", "reading")));
      awaitStatus(process, marker, "succeeded");
      assertThat(process.status(task)).isEqualTo("paused");
      assertThat(once.calls()).isEmpty();
      // When
      process.commands.resume(task, EngineProcess.OPERATOR);
      // Then
      awaitStatus(process, task, "succeeded");
    }
  }

  @Test
  void shouldEndAsCanceledWhenItEndsWhileCanceling() {
    // Given
    once.does(_ -> waitUninterruptibly());
    idempotent.does(_ -> waitUninterruptibly());
    EngineProcess doomed = process("1", LEASE).start();
    TaskId a = doomed.create(plan(step("a", "once"), step("b", "once")));
    TaskId b = doomed.create(plan(step("a", "idempotent")));
    await().until(() -> once.calls().size() == 1 && idempotent.calls().size() == 1);
    doomed.commands.cancel(a, EngineProcess.OPERATOR, "enough");
    doomed.commands.cancel(b, EngineProcess.OPERATOR, "enough");
    assertThat(doomed.status(a)).isEqualTo("canceling");
    doomed.crash();
    // When
    try (var process = process("1", LEASE).start()) {
      awaitStatus(process, a, "canceled");
      awaitStatus(process, b, "canceled");
      // Then
      assertThat(once.calls()).hasSize(1);
      assertThat(idempotent.calls()).hasSize(1);
      assertThat(process.stepStatus(a, 0)).isEqualTo("canceled");
      assertThat(process.stepStatus(a, 1)).isEqualTo("canceled");
      assertThat(process.task(a).get("cancel_reason").asString()).isEqualTo("enough");
      assertThat(owner.status(call(process, a))).isEqualTo("unknown");
    }
  }

  @Test
  void shouldTakeOverFromAnotherInstanceWhenItsLeaseIsOver() {
    // Given
    idempotent.does(_ -> idempotent.calls().size() == 1 ? waitAtGate() : ToolRuntimeDone.done());
    EngineProcess doomed = process("1", SHORT).start();
    TaskId task = doomed.create(plan(step("a", "idempotent"), step("b", "once")));
    await().until(() -> idempotent.calls().size() == 1);
    try (var other = process("2", SHORT).start()) {
      await().until(() -> other.instance.owner() != null);
      // When
      long begin = System.nanoTime();
      doomed.crash();
      // Then
      awaitStatus(other, task, "succeeded");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
      assertThat(keys(idempotent)).hasSize(1);
      assertThat(once.calls()).hasSize(1);
      assertInterruptedOnce(other, task);
    }
  }

  @Test
  void shouldRefuseAFrozenOwnerAndKeepItsAnswerAsEvidence() {
    // Given
    once.does(_ -> waitUninterruptibly());
    try (var frozen = process("1", SHORT).start()) {
      TaskId task = frozen.create(plan(step("a", "once"), step("b", "once")));
      await().until(() -> once.calls().size() == 1);
      frozen.instance.stop(); // it does not renew its lease any more
      try (var other = process("2", SHORT).start()) {
        awaitStep(other, task, "unknown");
        // When
        gate.countDown();
        // Then
        await()
            .untilAsserted(
                () ->
                    assertThat(owner.count("select count(*) from task.late_answer")).isEqualTo(1));
        assertThat(other.stepStatus(task, 0)).isEqualTo("unknown");
        assertThat(other.stepStatus(task, 1)).isEqualTo("pending");
        assertThat(owner.status(call(other, task))).isEqualTo("unknown");
        assertInterruptedOnce(other, task);
      }
    }
  }

  @Test
  void shouldRunEachOfFiveHundredTasksOnceOnTwoInstances() {
    // Given
    try (var one = process("1", LEASE).start();
        var two = process("2", LEASE).start()) {
      await().until(() -> one.instance.owner() != null && two.instance.owner() != null);
      List<NewTask> tasks =
          IntStream.range(0, 500).mapToObj(_ -> one.draft(plan(step("a", "once")), "{}")).toList();
      // When
      one.database.transaction.executeWithoutResult(_ -> one.creation.create(tasks));
      // Then
      await().atMost(Duration.ofSeconds(30)).until(() -> count("succeeded") == 500);
      assertThat(once.calls()).hasSize(500);
      assertThat(keys(once)).hasSize(500);
    }
  }

  @Test
  void shouldAddATaskOnceWhenItIsThereTwice() {
    try (var process = process("1", LEASE)) {
      // Given
      NewTask task = process.draft(plan(step("a", "once")), "{}");
      // When
      process.database.transaction.executeWithoutResult(
          _ -> process.creation.create(List.of(task, task)));
      process.database.transaction.executeWithoutResult(
          _ -> process.creation.create(List.of(task)));
      // Then
      assertThat(process.trail(task.id())).containsExactly("task.created");
      assertThat(owner.count("select count(*) from task.step")).isEqualTo(1);
    }
  }

  @Test
  void shouldGoOnWithWhatTheOperatorSaysOfAnUnknownCall() {
    // Given
    once.does(_ -> new ToolAnswer.Unknown(ErrorDetail.permanent("lost", "no answer")));
    try (var process = process("1", LEASE).start()) {
      TaskId a = process.create(plan(step("a", "once"), step("b", "reading")));
      TaskId b = process.create(plan(step("a", "once")));
      awaitStep(process, a, "unknown");
      awaitStep(process, b, "unknown");
      // When
      resolve(process, a, new Resolution.Succeeded(Json.object().put("n", 1)));
      resolve(process, b, new Resolution.Failed(ErrorDetail.permanent("operator.no", "no")));
      // Then
      awaitStatus(process, a, "succeeded");
      awaitStatus(process, b, "failed");
      assertThat(process.task(a).at("/steps/0/output/n").asInt()).isEqualTo(1);
      assertThat(process.task(b).at("/error/code").asString()).isEqualTo("operator.no");
      assertThat(process.trail(a)).contains("operator.action.tool_call_resolve");
      assertThatThrownBy(() -> resolve(process, a, new Resolution.Succeeded(null)))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("succeeded");
    }
  }

  @Test
  void shouldSettleTheCallOfACanceledTaskAndLeaveTheTask() {
    // Given
    once.does(_ -> new ToolAnswer.Unknown(ErrorDetail.permanent("lost", "no answer")));
    try (var process = process("1", LEASE).start()) {
      TaskId task = process.create(plan(step("a", "once"), step("b", "once")));
      awaitStep(process, task, "unknown");
      process.commands.cancel(task, EngineProcess.OPERATOR, null);
      assertThat(process.status(task)).isEqualTo("canceled");
      owner.jdbc.sql("update task.tool_call set lease_until = now()").update();
      assertThatThrownBy(() -> resolve(process, task, new Resolution.Retry()))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("canceled");
      // When
      resolve(process, task, new Resolution.Succeeded(null));
      // Then
      assertThat(owner.status(call(process, task))).isEqualTo("succeeded");
      assertThat(process.status(task)).isEqualTo("canceled");
      assertThat(once.calls()).hasSize(1);
    }
  }

  @Test
  void shouldNotDeadlockWhenOrdersComeWhileOutcomesAreRecorded() throws Exception {
    // Given
    var faults = Collections.synchronizedList(new ArrayList<Throwable>());
    var taken = new AtomicInteger();
    try (var process = process("1", LEASE).start()) {
      List<NewTask> tasks =
          IntStream.range(0, 150)
              .mapToObj(
                  _ ->
                      process.draft(
                          plan(step("a", "reading"), step("b", "reading"), step("c", "reading")),
                          "{}"))
              .toList();
      process.database.transaction.executeWithoutResult(_ -> process.creation.create(tasks));
      // When
      List<Thread> operators =
          List.of(
              Thread.ofVirtual().start(() -> order(process, tasks, faults, taken)),
              Thread.ofVirtual().start(() -> order(process, tasks.reversed(), faults, taken)));
      for (Thread operator : operators) {
        operator.join();
      }
      for (NewTask task : tasks) {
        if (process.status(task.id()).equals("paused")) {
          process.commands.resume(task.id(), EngineProcess.OPERATOR);
        }
      }
      // Then
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> count("succeeded") + count("canceled") == 150);
    }
    assertThat(faults).isEmpty();
    assertThat(taken).hasPositiveValue();
    assertThat(
            owner.count(
                "select deadlocks from pg_stat_database where datname = current_database()"))
        .isZero();
  }

  /** Pauses, resumes, and cancels some; that it is too late for an order is no fault. */
  private static void order(
      EngineProcess process, List<NewTask> tasks, List<Throwable> faults, AtomicInteger taken) {
    int i = 0;
    for (NewTask task : tasks) {
      boolean cancel = i++ % 3 == 0;
      List<Runnable> orders =
          List.of(
              () -> process.commands.pause(task.id(), EngineProcess.OPERATOR),
              () -> process.commands.resume(task.id(), EngineProcess.OPERATOR),
              () -> {
                if (cancel) {
                  process.commands.cancel(task.id(), EngineProcess.OPERATOR, "enough");
                }
              });
      for (Runnable order : orders) {
        try {
          order.run();
          taken.incrementAndGet();
        } catch (ProblemException e) {
          // it is in another state by now
        } catch (RuntimeException e) {
          faults.add(e);
        }
      }
    }
  }

  private EngineProcess process(String name, Duration lease) {
    return new EngineProcess(test, name, lease, once, idempotent, reading);
  }

  /** Commits the claim and every STARTED, and is gone before anything is sent. */
  private static void claimAndVanish(EngineProcess doomed) {
    doomed.instance.start();
    await().until(() -> doomed.instance.owner() != null);
    Owner me = doomed.instance.owner();
    EngineParts parts = doomed.parts;
    var audits = new TaskAudits(parts.ids());
    parts
        .starter()
        .start(
            claimed -> {
              parts
                  .transaction()
                  .executeWithoutResult(
                      _ -> {
                        var now = parts.clock().instant();
                        List<TaskWork> works =
                            new TaskQueries(parts.jdbc())
                                .lockReady(now, 10).stream()
                                    .map(row -> new TaskWork(row, audits))
                                    .toList();
                        new Advance(parts)
                            .begin(
                                works,
                                claimed,
                                me,
                                parts.starter().open(now),
                                new ArrayList<AuditEvent>());
                        new TaskBatch(new TaskTable(parts.jdbc()), () -> {}).write(works, now);
                      });
              return List.of();
            });
    doomed.crash();
  }

  private static void resolve(EngineProcess process, TaskId task, Resolution resolution) {
    process.resolutions.resolve(
        call(process, task), resolution, "I saw it", EngineProcess.OPERATOR);
  }

  private static ToolCallId call(EngineProcess process, TaskId task) {
    return ToolCallId.parse(process.task(task).at("/steps/0/tool_call_id").asString());
  }

  private String key(TaskId task) {
    return owner
        .jdbc
        .sql("select idempotency_key from task.step where task_id = :id")
        .param("id", task.value())
        .query(String.class)
        .single();
  }

  private static List<AuditEvent> alarms(EngineProcess process) {
    return process.database.audits("alarm.raised");
  }

  private static void assertInterruptedOnce(EngineProcess process, TaskId task) {
    assertThat(process.trail(task))
        .containsOnlyOnce("task.interrupted")
        .containsOnlyOnce("task.recovered")
        .containsSubsequence("task.interrupted", "task.recovered");
  }

  private long count(String status) {
    return owner.count("select count(*) from task.task where status = '%s'".formatted(status));
  }

  private static List<String> keys(ScriptedTool tool) {
    return tool.calls().stream().map(Invocation::idempotencyKey).distinct().toList();
  }

  private ToolAnswer waitAtGate() throws InterruptedException {
    gate.await();
    return ToolRuntimeDone.done();
  }

  /** As code does that does not care for interrupts. */
  private ToolAnswer waitUninterruptibly() {
    boolean interrupted = true;
    while (interrupted) {
      try {
        gate.await();
        interrupted = false;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return ToolRuntimeDone.done();
  }

  private static void awaitStatus(EngineProcess process, TaskId task, String status) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(process.status(task)).isEqualTo(status));
  }

  private static void awaitStep(EngineProcess process, TaskId task, String status) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(process.stepStatus(task, 0)).isEqualTo(status));
  }

  private static void awaitWaiting(EngineProcess process, TaskId task, String what) {
    await()
        .untilAsserted(
            () -> assertThat(process.task(task).path("waiting_for").asString("")).isEqualTo(what));
  }

  private static ScriptedTool tool(String name, Effect effect) {
    return ScriptedTool.open(name, effect, Duration.ofSeconds(20));
  }

  private static String plan(String... steps) {
    return "{\"name\": \"t\", \"steps\": [%s]}".formatted(String.join(",", steps));
  }

  private static String step(String name, String tool) {
    return step(name, tool, "\"max_attempts\": 3");
  }

  private static String step(String name, String tool, String more) {
    return """
    {"name": "%s", "tool": "%s", "action": "go", %s}\
    """
        .formatted(name, tool, more);
  }
}

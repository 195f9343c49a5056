package dev.syris.task.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.id.TaskId;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.platform.problem.ProblemException;
import dev.syris.task.call.Resolution;
import dev.syris.task.support.Database;
import dev.syris.task.support.ScriptedTool;
import dev.syris.task.tool.ActionDefinition.Effect;
import dev.syris.task.tool.ToolAnswer;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks against a real database: steps, references, retries, orders, and what is said of them. */
@WithBackends
class TaskEngineIT {

  private static final Duration LEASE = Duration.ofSeconds(10);

  private TestDatabase test;
  private ScriptedTool tool;
  private EngineProcess process;

  @BeforeEach
  void setUp() {
    test = TestBackends.freshDatabase();
    tool = ScriptedTool.open("once", Effect.ONCE, Duration.ofSeconds(20));
    process = new EngineProcess(test, "1", LEASE, tool);
  }

  @AfterEach
  void tearDown() {
    process.close();
  }

  private static String steps(String... steps) {
    return "{\"name\": \"t\", \"steps\": [%s]}".formatted(String.join(",", steps));
  }

  private static String step(String name, String more) {
    return """
        {"name": "%s", "tool": "once", "action": "go"%s}"""
        .formatted(name, more.isEmpty() ? "" : ", " + more);
  }

  private void awaitStatus(TaskId task, String status) {
    await().untilAsserted(() -> assertThat(process.status(task)).isEqualTo(status));
  }

  @Test
  void shouldRunStepsInOrderAndSayEachStage() {
    // Given
    process.start();
    // When
    TaskId task = process.create(steps(step("a", ""), step("b", "")));
    // Then
    awaitStatus(task, "succeeded");
    assertThat(tool.calls()).hasSize(2);
    assertThat(process.trail(task))
        .containsExactly(
            "task.created",
            "task.step_started",
            "tool_call.attempted",
            "tool_call.succeeded",
            "task.step_completed",
            "task.step_started",
            "tool_call.attempted",
            "tool_call.succeeded",
            "task.step_completed",
            "task.succeeded");
  }

  @Test
  void shouldFillInWhatEarlierStepsCameTo() {
    // Given
    tool.does(call -> new ToolAnswer.Succeeded(Json.object().put("n", 7), "done"));
    process.start();
    // When
    TaskId task =
        process.create(
            steps(
                step("a", "\"args\": {\"x\": \"${input.who}\"}"),
                step(
                    "b",
                    "\"args\": {\"n\": \"${steps.a.output.n}\", \"x\": \"is ${steps.a.output.n}\"}")),
            "{\"who\": \"me\"}");
    // Then
    awaitStatus(task, "succeeded");
    assertThat(tool.calls().get(0).args().toString()).isEqualTo("{\"x\":\"me\"}");
    assertThat(tool.calls().get(1).args().toString()).isEqualTo("{\"n\":7,\"x\":\"is 7\"}");
  }

  @Test
  void shouldFailWhenAReferenceFindsNothing() {
    // Given
    process.start();
    // When
    TaskId task =
        process.create(
            steps(step("a", ""), step("b", "\"args\": {\"n\": \"${steps.a.output.none}\"}")));
    // Then
    awaitStatus(task, "failed");
    assertThat(process.task(task).at("/error/code").asString()).isEqualTo("reference.missing");
    assertThat(tool.calls()).hasSize(1);
  }

  @Test
  void shouldSkipAStepWhoseConditionDoesNotHold() {
    // Given
    process.start();
    String never = "\"when\": {\"field\": \"input.x\", \"op\": \"eq\", \"value\": 2}";
    // When
    TaskId task = process.create(steps(step("a", never), step("b", "")), "{\"x\": 1}");
    // Then
    awaitStatus(task, "succeeded");
    assertThat(process.stepStatus(task, 0)).isEqualTo("skipped");
    assertThat(tool.calls()).hasSize(1);
  }

  @Test
  void shouldSkipAStepThatIsForAHealthySystemWhileItIsDegraded() {
    // Given
    process
        .database
        .jdbc
        .sql("update task.system_status set status = 'degraded', version = version + 1")
        .update();
    process.start();
    String healthy = "\"when\": {\"system_status\": \"healthy\"}";
    String degraded = "\"when\": {\"system_status\": \"degraded\"}";
    // When
    TaskId task = process.create(steps(step("a", healthy), step("b", degraded)));
    // Then
    awaitStatus(task, "succeeded");
    assertThat(process.stepStatus(task, 0)).isEqualTo("skipped");
    assertThat(process.stepStatus(task, 1)).isEqualTo("succeeded");
  }

  @Test
  void shouldWaitBeforeAStepBegins() {
    // Given
    process.start();
    // When
    TaskId task = process.create(steps("{\"name\": \"w\", \"wait\": \"PT0.3S\"}", step("b", "")));
    // Then
    await()
        .untilAsserted(
            () ->
                assertThat(process.task(task).path("waiting_for").asString("")).isEqualTo("time"));
    assertThat(tool.calls()).isEmpty();
    awaitStatus(task, "succeeded");
    assertThat(tool.calls()).hasSize(1);
  }

  @Test
  void shouldRetryWithTheSameKeyUntilItSucceeds() {
    // Given
    var count = new AtomicInteger();
    tool.does(
        call ->
            count.incrementAndGet() < 3
                ? new ToolAnswer.Failed(ErrorDetail.retryable("busy", "later"))
                : ToolRuntimeDone.done());
    process.start();
    String policy =
        "\"max_attempts\": 3, \"retry_policy\": {\"strategy\": \"fixed\", \"base_delay_ms\": 20}";
    // When
    TaskId task = process.create(steps(step("a", policy)));
    // Then
    awaitStatus(task, "succeeded");
    assertThat(tool.calls()).hasSize(3);
    assertThat(tool.calls().stream().map(call -> call.idempotencyKey()).distinct()).hasSize(1);
    assertThat(process.task(task).at("/steps/0/attempt").asInt()).isEqualTo(3);
    assertThat(process.task(task).at("/steps/0/checkpoint/failures")).hasSize(2);
  }

  @Test
  void shouldFailWhenAttemptsAreUsedUpAndGoOnWhenRetried() {
    // Given
    var broken = new AtomicBoolean(true);
    tool.does(
        call ->
            broken.get()
                ? new ToolAnswer.Failed(ErrorDetail.permanent("broken", "no"))
                : ToolRuntimeDone.done());
    process.start();
    TaskId task = process.create(steps(step("a", ""), step("b", "")));
    awaitStatus(task, "failed");
    String firstKey = tool.calls().getFirst().idempotencyKey();
    broken.set(false);
    // When
    process.commands.retry(task, EngineProcess.OPERATOR, null);
    // Then
    awaitStatus(task, "succeeded");
    assertThat(tool.calls()).hasSize(3);
    assertThat(tool.calls().get(1).idempotencyKey()).isNotEqualTo(firstKey);
    assertThat(process.trail(task)).contains("operator.action.task_retry", "task.resumed");
  }

  @Test
  void shouldDoEarlierStepsAgainWhenRetriedFromOne() {
    // Given
    var broken = new AtomicBoolean(true);
    tool.does(
        call ->
            broken.get() && call.args().has("b")
                ? new ToolAnswer.Failed(ErrorDetail.permanent("broken", "no"))
                : ToolRuntimeDone.done());
    process.start();
    TaskId task = process.create(steps(step("a", ""), step("b", "\"args\": {\"b\": 1}")));
    awaitStatus(task, "failed");
    broken.set(false);
    // When
    process.commands.retry(task, EngineProcess.OPERATOR, "a");
    // Then
    awaitStatus(task, "succeeded");
    assertThat(tool.calls()).hasSize(4);
  }

  @Test
  void shouldInterruptARunningCallWhenCanceled() {
    // Given
    tool.does(
        call -> {
          new CountDownLatch(1).await();
          return ToolRuntimeDone.done();
        });
    process.start();
    TaskId task = process.create(steps(step("a", ""), step("b", "")));
    await().until(() -> tool.calls().size() == 1);
    // When
    process.commands.cancel(task, EngineProcess.OPERATOR, "enough");
    // Then
    awaitStatus(task, "canceled");
    assertThat(process.stepStatus(task, 0)).isEqualTo("canceled");
    assertThat(process.stepStatus(task, 1)).isEqualTo("canceled");
    assertThat(process.task(task).get("cancel_reason").asString()).isEqualTo("enough");
    assertThat(process.trail(task)).contains("operator.action.task_cancel", "task.canceled");
  }

  @Test
  void shouldStartNothingMoreWhilePaused() {
    // Given
    var gate = new CountDownLatch(1);
    tool.does(
        call -> {
          gate.await();
          return ToolRuntimeDone.done();
        });
    process.start();
    TaskId task = process.create(steps(step("a", ""), step("b", "")));
    await().until(() -> tool.calls().size() == 1);
    // When
    process.commands.pause(task, EngineProcess.OPERATOR);
    gate.countDown();
    // Then
    await().untilAsserted(() -> assertThat(process.stepStatus(task, 0)).isEqualTo("succeeded"));
    assertThat(process.status(task)).isEqualTo("paused");
    assertThat(process.stepStatus(task, 1)).isEqualTo("pending");
    process.commands.resume(task, EngineProcess.OPERATOR);
    awaitStatus(task, "succeeded");
    assertThatThrownBy(() -> process.commands.pause(task, EngineProcess.OPERATOR))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("succeeded");
  }

  @Test
  void shouldWaitForTheOperatorWhenAnOutcomeIsNotKnown() {
    // Given
    var unknown = new AtomicBoolean(true);
    tool.does(
        call ->
            unknown.getAndSet(false)
                ? new ToolAnswer.Unknown(ErrorDetail.permanent("lost", "no answer"))
                : ToolRuntimeDone.done());
    process.start();
    TaskId task = process.create(steps(step("a", ""), step("b", "")));
    await()
        .untilAsserted(
            () ->
                assertThat(process.task(task).path("waiting_for").asString(""))
                    .isEqualTo("operator"));
    ToolCallId call = ToolCallId.parse(process.task(task).at("/steps/0/tool_call_id").asString());
    assertThat(process.trail(task)).contains("tool_call.unknown", "alarm.raised");
    // When
    process.resolutions.resolve(
        call, new Resolution.Succeeded(null), "seen it", EngineProcess.OPERATOR);
    // Then
    awaitStatus(task, "succeeded");
    assertThat(tool.calls()).hasSize(2);
    assertThat(process.trail(task)).contains("tool_call.resolved");
  }

  @Test
  void shouldMakeACallAgainWithTheSameKeyWhenTheOperatorSaysSo() {
    // Given
    var unknown = new AtomicBoolean(true);
    tool.does(
        call ->
            unknown.getAndSet(false)
                ? new ToolAnswer.Unknown(ErrorDetail.permanent("lost", "no answer"))
                : ToolRuntimeDone.done());
    process.start();
    TaskId task = process.create(steps(step("a", "\"max_attempts\": 1")));
    await().untilAsserted(() -> assertThat(process.stepStatus(task, 0)).isEqualTo("unknown"));
    ToolCallId call = ToolCallId.parse(process.task(task).at("/steps/0/tool_call_id").asString());
    assertThatThrownBy(
            () ->
                process.resolutions.resolve(
                    call, new Resolution.Retry(), "again", EngineProcess.OPERATOR))
        .hasMessageContaining("may still be running");
    try (var owner = new Database(test.owner())) {
      owner.jdbc.sql("update task.tool_call set lease_until = now()").update();
    }
    // When
    process.resolutions.resolve(call, new Resolution.Retry(), "again", EngineProcess.OPERATOR);
    // Then
    awaitStatus(task, "succeeded");
    assertThat(tool.calls()).hasSize(2);
    assertThat(tool.calls().stream().map(one -> one.idempotencyKey()).distinct()).hasSize(1);
    assertThat(process.task(task).at("/steps/0/attempt").asInt()).isEqualTo(1);
  }

  @Test
  void shouldRunAThousandTasksEachOnce() {
    // Given
    process.start();
    // When
    List<NewTask> tasks =
        IntStream.range(0, 1000).mapToObj(_ -> process.draft(steps(step("a", "")), "{}")).toList();
    process.database.transaction.executeWithoutResult(_ -> process.creation.create(tasks));
    // Then
    await()
        .untilAsserted(
            () ->
                assertThat(
                        process.database.count(
                            "select count(*) from task.task where status = 'succeeded'"))
                    .isEqualTo(1000));
    assertThat(tool.calls()).hasSize(1000);
    assertThat(tool.calls().stream().map(call -> call.idempotencyKey()).distinct()).hasSize(1000);
  }
}

package dev.syris.task.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.id.ApprovalId;
import dev.syris.contracts.id.TaskId;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.json.Json;
import dev.syris.task.approval.Answer;
import dev.syris.task.approval.ApprovalCommands.Result;
import dev.syris.task.control.Controls.PauseMode;
import dev.syris.task.support.ScriptedTool;
import dev.syris.task.tool.ActionDefinition.Effect;
import dev.syris.task.tool.ToolAnswer;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Steps whose calls are asked about, against a real database. */
@WithBackends
class GatedStepsIT {

  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final AuditActor OPERATOR = AuditActor.token("operator");
  private static final Answer YES = new Answer(true, null, "rest");
  private static final Answer NO = new Answer(false, "not today", "rest");
  private static final String TWO_STEPS =
      """
      {"name": "t", "steps": [
        {"name": "a", "tool": "once", "action": "go", "args": {"n": 1}},
        {"name": "b", "tool": "once", "action": "go", "args": {"n": 2}}]}
      """;

  private TestDatabase test;
  private ScriptedTool tool;
  private EngineProcess process;

  @BeforeEach
  void setUp() {
    test = TestBackends.freshDatabase();
    tool = ScriptedTool.open("once", Effect.ONCE, Duration.ofSeconds(20));
    process = new EngineProcess(test, "1", LEASE, tool).start();
  }

  @AfterEach
  void tearDown() {
    process.close();
  }

  private void awaitStatus(TaskId task, String status) {
    await().untilAsserted(() -> assertThat(process.status(task)).isEqualTo(status));
  }

  private void level(AutonomyLevel level) {
    process.controls.setLevel(level, null, null, OPERATOR);
  }

  /** The approval the task waits for at a step. */
  private ApprovalId asked(TaskId task, int position) {
    await()
        .untilAsserted(
            () -> {
              assertThat(process.stepStatus(task, position)).isEqualTo("waiting");
              assertThat(process.task(task).get("waiting_for").asString()).isEqualTo("approval");
            });
    return process.database.openApproval(call(task, position));
  }

  private ToolCallId call(TaskId task, int position) {
    return ToolCallId.parse(
        process.task(task).at("/steps/%d/tool_call_id".formatted(position)).asString());
  }

  private Result answer(ApprovalId approval, Answer answer) {
    return process.approvals.answer(approval, answer, OPERATOR, _ -> false);
  }

  @Test
  void shouldRunEachStepOnceItIsApproved() {
    // Given
    level(AutonomyLevel.A1);
    TaskId task = process.create(TWO_STEPS);
    ApprovalId first = asked(task, 0);
    assertThat(tool.calls()).isEmpty();
    // When
    answer(first, YES);
    answer(asked(task, 1), YES);
    // Then
    awaitStatus(task, "succeeded");
    assertThat(tool.calls()).hasSize(2);
    assertThat(process.trail(task))
        .containsExactly(
            "task.created",
            "gate.required",
            "operator.action.approval_approve",
            "gate.approved",
            "task.step_started",
            "tool_call.attempted",
            "tool_call.succeeded",
            "task.step_completed",
            "gate.required",
            "operator.action.approval_approve",
            "gate.approved",
            "task.step_started",
            "tool_call.attempted",
            "tool_call.succeeded",
            "task.step_completed",
            "task.succeeded");
  }

  @Test
  void shouldFailTheTaskWhenAStepIsDenied() {
    // Given
    level(AutonomyLevel.A1);
    TaskId task = process.create(TWO_STEPS);
    // When
    answer(asked(task, 0), NO);
    // Then
    awaitStatus(task, "failed");
    assertThat(process.task(task).at("/steps/0/error/code").asString()).isEqualTo("gate.denied");
    assertThat(process.database.status(call(task, 0))).isEqualTo("denied");
    assertThat(tool.calls()).isEmpty();
  }

  @Test
  void shouldSurviveARestartWhileItWaitsAndTakeNoAttemptForIt() {
    // Given
    level(AutonomyLevel.A1);
    TaskId task = process.create(TWO_STEPS);
    ApprovalId approval = asked(task, 0);
    process.crash();
    process = new EngineProcess(test, "1", LEASE, tool).start();
    // When
    answer(approval, YES);
    // Then
    answer(asked(task, 1), YES);
    awaitStatus(task, "succeeded");
    assertThat(process.task(task).at("/steps/0/attempt").asInt()).isEqualTo(1);
    assertThat(tool.calls()).hasSize(2);
  }

  @Test
  void shouldCancelCallAndApprovalWhenTheWaitingTaskIsCanceled() {
    // Given
    level(AutonomyLevel.A1);
    TaskId task = process.create(TWO_STEPS);
    ApprovalId approval = asked(task, 0);
    // When
    process.commands.cancel(task, OPERATOR, null);
    // Then
    awaitStatus(task, "canceled");
    assertThat(process.database.status(call(task, 0))).isEqualTo("canceled");
    assertThat(process.database.status(approval)).isEqualTo("canceled");
    assertThat(answer(approval, YES)).isInstanceOf(Result.WrongState.class);
    assertThat(tool.calls()).isEmpty();
  }

  @Test
  void shouldWaitForTheTaskToBeResumedWhenItIsApprovedWhilePaused() {
    // Given
    level(AutonomyLevel.A1);
    TaskId task = process.create(TWO_STEPS);
    ApprovalId approval = asked(task, 0);
    process.commands.pause(task, OPERATOR);
    // When
    answer(approval, YES);
    assertThat(process.status(task)).isEqualTo("paused");
    process.commands.resume(task, OPERATOR);
    // Then
    answer(asked(task, 1), YES);
    awaitStatus(task, "succeeded");
    assertThat(tool.calls()).hasSize(2);
  }

  @Test
  void shouldFailTheStepWhenItIsOnlyPreviewed() {
    // Given
    level(AutonomyLevel.A0);
    // When
    TaskId task = process.create(TWO_STEPS);
    // Then
    awaitStatus(task, "failed");
    assertThat(process.task(task).at("/steps/0/error/code").asString())
        .isEqualTo("gate.preview_only");
    assertThat(process.database.status(call(task, 0))).isEqualTo("previewed");
    assertThat(tool.calls()).isEmpty();
  }

  @Test
  void shouldKeepTheLevelATaskBeganWithWhenItIsRaisedAndTakeTheLowerWhenItIsLowered() {
    // Given
    level(AutonomyLevel.A1);
    process.controls.pause(PauseMode.DRAIN, null, OPERATOR);
    TaskId careful = process.create(TWO_STEPS);
    level(AutonomyLevel.A4);
    TaskId bold = process.create(TWO_STEPS);
    // When
    process.controls.resume(null, OPERATOR);
    // Then
    asked(careful, 0);
    awaitStatus(bold, "succeeded");
    level(AutonomyLevel.A1);
    asked(process.create(TWO_STEPS), 0);
  }

  @Test
  void shouldAskForTheNextStepWhenTheLevelIsLoweredWhileOneRuns() {
    // Given
    tool.does(
        by -> {
          if (by.args().get("n").asInt() == 1) {
            level(AutonomyLevel.A1);
          }
          return new ToolAnswer.Succeeded(Json.object(), "done");
        });
    // When
    TaskId task = process.create(TWO_STEPS);
    // Then
    asked(task, 1);
    assertThat(tool.calls()).hasSize(1);
  }

  @Test
  void shouldStartNoStepWhilePausedAndGoOnAfterwards() {
    // Given
    tool.does(
        by -> {
          if (by.args().get("n").asInt() == 1) {
            process.controls.pause(PauseMode.DRAIN, null, OPERATOR);
          }
          return new ToolAnswer.Succeeded(Json.object(), "done");
        });
    TaskId task = process.create(TWO_STEPS);
    await().untilAsserted(() -> assertThat(process.stepStatus(task, 0)).isEqualTo("succeeded"));
    assertThat(process.stepStatus(task, 1)).isEqualTo("pending");
    // When
    process.controls.resume(null, OPERATOR);
    // Then
    awaitStatus(task, "succeeded");
  }
}

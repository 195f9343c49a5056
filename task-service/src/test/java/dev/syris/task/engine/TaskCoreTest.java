package dev.syris.task.engine;

import static dev.syris.contracts.task.StepStatus.CANCELED;
import static dev.syris.contracts.task.StepStatus.FAILED;
import static dev.syris.contracts.task.StepStatus.PENDING;
import static dev.syris.contracts.task.StepStatus.RUNNING;
import static dev.syris.contracts.task.StepStatus.SKIPPED;
import static dev.syris.contracts.task.StepStatus.SUCCEEDED;
import static dev.syris.contracts.task.StepStatus.UNKNOWN;
import static dev.syris.contracts.task.StepStatus.WAITING;
import static dev.syris.task.engine.States.NOW;
import static dev.syris.task.engine.States.step;
import static dev.syris.task.engine.States.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.task.RetryPolicy;
import dev.syris.contracts.task.StepStatus;
import dev.syris.contracts.task.TaskStatus;
import dev.syris.contracts.task.WaitingFor;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.task.engine.TaskCommand.Begin;
import dev.syris.task.engine.TaskCommand.Beginning;
import dev.syris.task.engine.TaskCommand.Cancel;
import dev.syris.task.engine.TaskCommand.Outcome;
import dev.syris.task.engine.TaskCommand.Pause;
import dev.syris.task.engine.TaskCommand.Resolution;
import dev.syris.task.engine.TaskCommand.Resolve;
import dev.syris.task.engine.TaskCommand.Resume;
import dev.syris.task.engine.TaskCommand.Retry;
import dev.syris.task.engine.TaskCommand.SentAgain;
import dev.syris.task.engine.TaskCommand.Settle;
import dev.syris.task.engine.TaskEvent.StepCanceled;
import dev.syris.task.engine.TaskEvent.StepFailed;
import dev.syris.task.engine.TaskEvent.StepRepeated;
import dev.syris.task.engine.TaskEvent.StepRetries;
import dev.syris.task.engine.TaskEvent.StepSkipped;
import dev.syris.task.engine.TaskEvent.StepStarted;
import dev.syris.task.engine.TaskEvent.StepSucceeded;
import dev.syris.task.engine.TaskEvent.StepUnknown;
import dev.syris.task.engine.TaskEvent.StepWaits;
import dev.syris.task.engine.TaskEvent.TaskCanceled;
import dev.syris.task.engine.TaskEvent.TaskCanceling;
import dev.syris.task.engine.TaskEvent.TaskFailed;
import dev.syris.task.engine.TaskEvent.TaskPaused;
import dev.syris.task.engine.TaskEvent.TaskRequeued;
import dev.syris.task.engine.TaskEvent.TaskResumed;
import dev.syris.task.engine.TaskEvent.TaskStarted;
import dev.syris.task.engine.TaskEvent.TaskSucceeded;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** What each command leads to, in each state. */
class TaskCoreTest {

  private static final ErrorDetail LATER = ErrorDetail.retryable("busy", "come back");
  private static final ErrorDetail NO = ErrorDetail.permanent("broken", "no");
  private static final ObjectNode OUTPUT = Json.object().put("n", 1);

  private static final EnumSet<TaskStatus> OPEN =
      EnumSet.of(TaskStatus.PENDING, TaskStatus.RUNNING);

  /** A command, and where a task and its first step must be for it to be taken. */
  private static Stream<Arguments> commands() {
    var called = EnumSet.of(TaskStatus.RUNNING, TaskStatus.PAUSED, TaskStatus.CANCELING);
    var goingOn = EnumSet.of(TaskStatus.RUNNING, TaskStatus.PAUSED);
    var all = EnumSet.allOf(StepStatus.class);
    var turn = EnumSet.of(PENDING, WAITING);
    return Stream.of(
        Arguments.of(new Begin(0, new Beginning.Run()), OPEN, turn),
        Arguments.of(new Begin(0, new Beginning.Refuse(NO)), OPEN, turn),
        Arguments.of(new Begin(0, new Beginning.Skip()), OPEN, EnumSet.of(PENDING)),
        Arguments.of(new Begin(0, new Beginning.WaitUntil(NOW)), OPEN, turn),
        Arguments.of(new Begin(0, new Beginning.Done(OUTPUT)), OPEN, turn),
        Arguments.of(new Settle(0, new Outcome.Succeeded(OUTPUT)), called, EnumSet.of(RUNNING)),
        Arguments.of(new Settle(0, new Outcome.Failed(NO)), called, EnumSet.of(RUNNING)),
        Arguments.of(new Settle(0, new Outcome.Failed(LATER)), called, EnumSet.of(RUNNING)),
        Arguments.of(new Settle(0, new Outcome.Unknown(NO)), called, EnumSet.of(RUNNING)),
        Arguments.of(new SentAgain(0), EnumSet.allOf(TaskStatus.class), EnumSet.of(RUNNING)),
        Arguments.of(new Pause(), OPEN, all),
        Arguments.of(new Resume(), EnumSet.of(TaskStatus.PAUSED), all),
        Arguments.of(
            new Cancel("enough"),
            EnumSet.of(TaskStatus.PENDING, TaskStatus.RUNNING, TaskStatus.PAUSED),
            all),
        Arguments.of(new Retry(null), EnumSet.of(TaskStatus.FAILED), all),
        Arguments.of(new Retry(0), EnumSet.of(TaskStatus.FAILED), all),
        Arguments.of(
            new Resolve(0, new Resolution.Succeeded(OUTPUT)), goingOn, EnumSet.of(UNKNOWN)),
        Arguments.of(new Resolve(0, new Resolution.Failed(NO)), goingOn, EnumSet.of(UNKNOWN)),
        Arguments.of(new Resolve(0, new Resolution.Retry()), goingOn, EnumSet.of(UNKNOWN)));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void shouldTakeACommandInTheRightStatesOnly(
      TaskCommand command, Set<TaskStatus> tasks, Set<StepStatus> steps) {
    for (TaskStatus status : TaskStatus.values()) {
      for (StepStatus step : StepStatus.values()) {
        // Given
        TaskState state = task(status, step, PENDING);
        // When
        TaskDecision decision = TaskCore.decide(state, command, NOW, 0);
        // Then
        assertThat(decision instanceof TaskDecision.Accepted)
            .as("%s of a task that is %s, its step %s", command, status, step)
            .isEqualTo(tasks.contains(status) && steps.contains(step));
        if (decision instanceof TaskDecision.Rejected(String code, String message)) {
          assertThat(code).isEqualTo("task.wrong_state");
          assertThat(message).contains("the task is " + status.wire());
        }
      }
    }
  }

  @Test
  void shouldStartTheTaskWithItsFirstStep() {
    given(task(TaskStatus.PENDING, PENDING, PENDING))
        .when(new Begin(0, new Beginning.Run()))
        .then(new TaskStarted(), new StepStarted(0, 1));
  }

  @Test
  void shouldStartLaterStepsWithoutStartingTheTaskAgain() {
    given(task(TaskStatus.RUNNING, SUCCEEDED, PENDING))
        .when(new Begin(1, new Beginning.Run()))
        .then(new StepStarted(1, 1));
  }

  @Test
  void shouldFailAStepThatCannotBeMade() {
    given(task(TaskStatus.RUNNING, PENDING))
        .when(new Begin(0, new Beginning.Refuse(NO)))
        .then(new StepStarted(0, 1), new StepFailed(0, 1, NO), new TaskFailed(NO));
  }

  @Test
  void shouldSkipAndGoOn() {
    given(task(TaskStatus.RUNNING, PENDING, PENDING))
        .when(new Begin(0, new Beginning.Skip()))
        .then(new StepSkipped(0));
  }

  @Test
  void shouldSucceedWhenTheLastStepIsSkipped() {
    given(task(TaskStatus.RUNNING, SUCCEEDED, PENDING))
        .when(new Begin(1, new Beginning.Skip()))
        .then(new StepSkipped(1), new TaskSucceeded());
  }

  @Test
  void shouldWaitForATime() {
    given(task(TaskStatus.PENDING, PENDING))
        .when(new Begin(0, new Beginning.WaitUntil(NOW.plusSeconds(5))))
        .then(new TaskStarted(), new StepWaits(0, WaitingFor.TIME, NOW.plusSeconds(5)));
  }

  @Test
  void shouldBeDoneWithAStepThatOnlyWaited() {
    given(task(TaskStatus.RUNNING, WAITING))
        .when(new Begin(0, new Beginning.Done(OUTPUT)))
        .then(new StepSucceeded(0, OUTPUT), new TaskSucceeded());
  }

  @Test
  void shouldPassThroughWaitingWhenThereIsNothingToWaitFor() {
    given(task(TaskStatus.RUNNING, PENDING, PENDING))
        .when(new Begin(0, new Beginning.Done(OUTPUT)))
        .then(new StepWaits(0, WaitingFor.TIME, NOW), new StepSucceeded(0, OUTPUT));
  }

  @Test
  void shouldNotBeginAStepBeforeTheOneBeforeItIsDone() {
    for (StepStatus before : EnumSet.complementOf(EnumSet.of(SUCCEEDED, SKIPPED))) {
      given(task(TaskStatus.RUNNING, before, PENDING))
          .when(new Begin(1, new Beginning.Run()))
          .thenRejected("task.wrong_state");
    }
  }

  @Test
  void shouldBeginAStepWhoseForerunnersWereNotRead() {
    var partial = task(TaskStatus.RUNNING, SUCCEEDED, PENDING);
    var steps = new TreeMap<>(partial.steps());
    steps.remove(0);
    given(new TaskState(TaskStatus.RUNNING, 2, steps))
        .when(new Begin(1, new Beginning.Run()))
        .then(new StepStarted(1, 1));
  }

  @Test
  void shouldSucceedWithTheLastStep() {
    given(task(TaskStatus.RUNNING, SKIPPED, RUNNING))
        .when(new Settle(1, new Outcome.Succeeded(OUTPUT)))
        .then(new StepSucceeded(1, OUTPUT), new TaskSucceeded());
  }

  @Test
  void shouldRetryWhatMayBeRetried() {
    given(task(TaskStatus.RUNNING, RUNNING))
        .when(new Settle(0, new Outcome.Failed(LATER)))
        .then(new StepRetries(0, 1, LATER, NOW.plusSeconds(1)));
  }

  @Test
  void shouldFailWhenAttemptsAreUsedUp() {
    given(task(TaskStatus.RUNNING, RUNNING).with(step(0, RUNNING, 3, null)))
        .when(new Settle(0, new Outcome.Failed(LATER)))
        .then(new StepFailed(0, 3, LATER), new TaskFailed(LATER));
  }

  @Test
  void shouldFailAtOnceWhereTheErrorIsNotRetryable() {
    given(task(TaskStatus.RUNNING, RUNNING))
        .when(new Settle(0, new Outcome.Failed(NO)))
        .then(new StepFailed(0, 1, NO), new TaskFailed(NO));
  }

  @Test
  void shouldFailAtOnceWhereThePolicyIsNone() {
    var none = new RetryPolicy(RetryPolicy.Strategy.NONE, 0, 0, false);
    given(task(TaskStatus.RUNNING, RUNNING).with(new StepState(0, RUNNING, 1, 1, 3, none, null)))
        .when(new Settle(0, new Outcome.Failed(LATER)))
        .then(new StepFailed(0, 1, LATER), new TaskFailed(LATER));
  }

  @Test
  void shouldWaitForTheOperatorWhenNobodyKnows() {
    given(task(TaskStatus.RUNNING, RUNNING))
        .when(new Settle(0, new Outcome.Unknown(NO)))
        .then(new StepUnknown(0, 1, NO));
  }

  @Test
  void shouldKeepTheOutcomeOfAPausedTaskAndNothingMore() {
    TaskState paused = task(TaskStatus.PAUSED, RUNNING);
    given(paused)
        .when(new Settle(0, new Outcome.Succeeded(OUTPUT)))
        .then(new StepSucceeded(0, OUTPUT));
    given(paused).when(new Settle(0, new Outcome.Failed(NO))).then(new StepFailed(0, 1, NO));
  }

  @Test
  void shouldEndACanceledTaskWithItsCallWhateverThatCameTo() {
    TaskState canceling = task(TaskStatus.CANCELING, RUNNING, PENDING);
    given(canceling)
        .when(new Settle(0, new Outcome.Succeeded(OUTPUT)))
        .then(new StepSucceeded(0, OUTPUT), new TaskCanceled(null));
    given(canceling)
        .when(new Settle(0, new Outcome.Failed(LATER)))
        .then(new StepCanceled(0, LATER), new TaskCanceled(null));
    given(canceling)
        .when(new Settle(0, new Outcome.Unknown(NO)))
        .then(new StepCanceled(0, NO), new TaskCanceled(null));
  }

  @Test
  void shouldCountEverySendAsAnAttempt() {
    given(task(TaskStatus.RUNNING, RUNNING)).when(new SentAgain(0)).then(new StepStarted(0, 2));
    given(task(TaskStatus.RUNNING, RUNNING).with(step(0, RUNNING, 3, null)))
        .when(new SentAgain(0))
        .thenRejected("task.wrong_state");
  }

  @Test
  void shouldPauseAndResume() {
    given(task(TaskStatus.RUNNING, RUNNING)).when(new Pause()).then(new TaskPaused());
    given(task(TaskStatus.PAUSED, RUNNING)).when(new Resume()).then(new TaskResumed());
  }

  @Test
  void shouldBePendingAgainWhenNothingHadBegun() {
    assertThat(after(task(TaskStatus.PAUSED, PENDING, PENDING), new Resume()).status())
        .isEqualTo(TaskStatus.PENDING);
    assertThat(after(task(TaskStatus.PAUSED, SUCCEEDED, PENDING), new Resume()).status())
        .isEqualTo(TaskStatus.RUNNING);
  }

  @Test
  void shouldEndOnResumeWhatEndedWhilePaused() {
    given(task(TaskStatus.PAUSED, SUCCEEDED))
        .when(new Resume())
        .then(new TaskResumed(), new TaskSucceeded());
    given(task(TaskStatus.PAUSED, FAILED, PENDING))
        .when(new Resume())
        .then(
            new TaskResumed(),
            new TaskFailed(
                ErrorDetail.permanent(
                    "task.step_failed", "step 0 failed while the task was paused")));
  }

  @Test
  void shouldWaitForTheCallWhenCanceledMeanwhile() {
    given(task(TaskStatus.RUNNING, RUNNING))
        .when(new Cancel("enough"))
        .then(new TaskCanceling("enough"));
    given(task(TaskStatus.PENDING, PENDING))
        .when(new Cancel("enough"))
        .then(new TaskCanceled("enough"));
    given(task(TaskStatus.PAUSED, SUCCEEDED, PENDING))
        .when(new Cancel(null))
        .then(new TaskCanceling(null), new TaskCanceled(null));
  }

  @Test
  void shouldCancelWhatWasNotDoneAndLeaveWhatWas() {
    // When
    TaskState after =
        after(task(TaskStatus.RUNNING, SUCCEEDED, UNKNOWN, PENDING), new Cancel(null));
    // Then
    assertThat(after.status()).isEqualTo(TaskStatus.CANCELED);
    assertThat(after.steps().values())
        .extracting(StepState::status)
        .containsExactly(SUCCEEDED, UNKNOWN, CANCELED);
  }

  @Test
  void shouldRetryFromWhereItFailedOrBefore() {
    TaskState failed = task(TaskStatus.FAILED, SKIPPED, SUCCEEDED, FAILED, PENDING);
    given(failed).when(new Retry(null)).then(new TaskRequeued(2));
    given(failed).when(new Retry(0)).then(new TaskRequeued(0));
    given(failed).when(new Retry(3)).thenRejected("task.retry_too_late");
  }

  @Test
  void shouldRaiseTheRunOfWhatIsDoneAnewOnly() {
    // When
    TaskState after =
        after(task(TaskStatus.FAILED, SKIPPED, SUCCEEDED, FAILED, PENDING), new Retry(1));
    // Then
    assertThat(after.status()).isEqualTo(TaskStatus.PENDING);
    assertThat(after.steps().values())
        .extracting(StepState::status, StepState::run, StepState::attempt)
        .containsExactly(
            tuple(SKIPPED, 1, 0), tuple(PENDING, 2, 0), tuple(PENDING, 2, 0), tuple(PENDING, 1, 0));
  }

  @Test
  void shouldGoOnWithWhatTheOperatorSays() {
    TaskState unknown = task(TaskStatus.RUNNING, UNKNOWN);
    given(unknown)
        .when(new Resolve(0, new Resolution.Succeeded(OUTPUT)))
        .then(new StepSucceeded(0, OUTPUT), new TaskSucceeded());
    given(unknown)
        .when(new Resolve(0, new Resolution.Failed(NO)))
        .then(new StepFailed(0, 1, NO), new TaskFailed(NO));
    given(unknown).when(new Resolve(0, new Resolution.Retry())).then(new StepRepeated(0));
  }

  @Test
  void shouldRepeatUnderTheSameNumberAndRun() {
    // When
    StepState after =
        after(
                task(TaskStatus.RUNNING, UNKNOWN).with(step(0, UNKNOWN, 3, null)),
                new Resolve(0, new Resolution.Retry()))
            .step(0);
    // Then
    assertThat(after).isEqualTo(step(0, PENDING, 2, null));
  }

  @Test
  void shouldStayPausedWhenAnUnknownCallIsSettled() {
    TaskState paused = task(TaskStatus.PAUSED, UNKNOWN);
    given(paused)
        .when(new Resolve(0, new Resolution.Succeeded(OUTPUT)))
        .then(new StepSucceeded(0, OUTPUT));
    given(paused).when(new Resolve(0, new Resolution.Failed(NO))).then(new StepFailed(0, 1, NO));
  }

  @Test
  void shouldTellWhatItWaitsFor() {
    assertThat(task(TaskStatus.RUNNING, UNKNOWN).waitingFor()).isEqualTo(WaitingFor.OPERATOR);
    assertThat(task(TaskStatus.RUNNING, WAITING).waitingFor()).isEqualTo(WaitingFor.APPROVAL);
    assertThat(waiting(WAITING).waitingFor()).isEqualTo(WaitingFor.TIME);
    assertThat(waiting(PENDING).waitingFor()).isEqualTo(WaitingFor.RETRY);
    assertThat(task(TaskStatus.RUNNING, RUNNING).waitingFor()).isNull();
    assertThat(task(TaskStatus.CANCELED, UNKNOWN).waitingFor()).isNull();
  }

  private static TaskState waiting(StepStatus status) {
    return task(TaskStatus.RUNNING, status).with(step(0, status, 0, NOW.plusSeconds(1)));
  }

  private static TaskState after(TaskState state, TaskCommand command) {
    var accepted = (TaskDecision.Accepted) TaskCore.decide(state, command, NOW, 0);
    return TaskEvolution.evolve(state, accepted.events());
  }

  private static Given given(TaskState state) {
    return new Given(state);
  }

  private record Given(TaskState state) {
    When when(TaskCommand command) {
      return new When(state, TaskCore.decide(state, command, NOW, 0));
    }
  }

  private record When(TaskState state, TaskDecision decision) {
    void then(TaskEvent... events) {
      assertThat(decision).isEqualTo(new TaskDecision.Accepted(List.of(events)));
      TaskEvolution.evolve(state, List.of(events)); // which refuses what the machines don't have
    }

    void thenRejected(String code) {
      assertThat(decision)
          .isInstanceOfSatisfying(
              TaskDecision.Rejected.class, rejected -> assertThat(rejected.code()).isEqualTo(code));
    }
  }
}

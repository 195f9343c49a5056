package dev.syris.task.engine;

import static dev.syris.task.engine.States.NOW;
import static dev.syris.task.engine.States.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.task.StepStatus;
import dev.syris.contracts.task.TaskStatus;
import dev.syris.contracts.task.WaitingFor;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.task.engine.TaskCommand.Beginning;
import dev.syris.task.engine.TaskCommand.Outcome;
import dev.syris.task.engine.TaskCommand.Resolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Walks states and what may happen in them: every declared transition is taken, and no other. */
class TransitionsTest {

  /** Declared for approvals, of which the core takes no command yet. */
  private static final Set<String> FOR_APPROVALS =
      Set.of("running > waiting", "waiting > pending", "waiting > failed");

  private static final ErrorDetail LATER = ErrorDetail.retryable("busy", "come back");
  private static final ErrorDetail NO = ErrorDetail.permanent("broken", "no");

  private final Set<String> ofTasks = new TreeSet<>();
  private final Set<String> ofSteps = new TreeSet<>();

  @Test
  void shouldTakeEveryDeclaredTransitionByAnEvent() {
    // When
    for (TaskState state : states()) {
      for (TaskEvent event : events()) {
        try {
          note(state, TaskEvolution.evolve(state, event));
        } catch (IllegalStateException e) {
          assertThat(e).hasMessageContaining("can't go from");
        }
      }
    }
    // Then
    assertThat(ofTasks).isEqualTo(declared(TaskTransitions.TRANSITIONS));
    assertThat(ofSteps).isEqualTo(declared(StepTransitions.TRANSITIONS));
  }

  @Test
  void shouldTakeEveryDeclaredTransitionByACommand() {
    // When
    for (TaskState state : states()) {
      for (TaskCommand command : commands()) {
        if (TaskCore.decide(state, command, NOW, 0)
            instanceof TaskDecision.Accepted(List<TaskEvent> events)) {
          TaskState before = state;
          for (TaskEvent event : events) {
            TaskState after = TaskEvolution.evolve(before, event);
            note(before, after);
            before = after;
          }
        }
      }
    }
    // Then
    assertThat(ofTasks).isEqualTo(declared(TaskTransitions.TRANSITIONS));
    Set<String> expected = declared(StepTransitions.TRANSITIONS);
    expected.removeAll(FOR_APPROVALS);
    assertThat(ofSteps).isEqualTo(expected);
  }

  private void note(TaskState before, TaskState after) {
    if (before.status() != after.status()) {
      ofTasks.add(before.status().wire() + " > " + after.status().wire());
    }
    before
        .steps()
        .forEach(
            (position, step) -> {
              StepStatus next = after.step(position).status();
              if (step.status() != next) {
                ofSteps.add(step.status().wire() + " > " + next.wire());
              }
            });
  }

  private static List<TaskState> states() {
    var states = new ArrayList<TaskState>();
    for (TaskStatus status : TaskStatus.values()) {
      for (StepStatus first : StepStatus.values()) {
        states.add(task(status, first));
        for (StepStatus second : StepStatus.values()) {
          states.add(task(status, first, second));
        }
      }
    }
    return states;
  }

  private static List<TaskEvent> events() {
    return List.of(
        new TaskEvent.StepStarted(0, 1),
        new TaskEvent.StepWaits(0, WaitingFor.TIME, NOW),
        new TaskEvent.StepWaits(0, WaitingFor.APPROVAL, null),
        new TaskEvent.StepSkipped(0),
        new TaskEvent.StepSucceeded(0, Json.object()),
        new TaskEvent.StepRetries(0, 1, LATER, NOW),
        new TaskEvent.StepFailed(0, 1, NO),
        new TaskEvent.StepUnknown(0, 1, NO),
        new TaskEvent.StepCanceled(0, NO),
        new TaskEvent.StepRepeated(0),
        new TaskEvent.TaskStarted(),
        new TaskEvent.TaskSucceeded(),
        new TaskEvent.TaskFailed(NO),
        new TaskEvent.TaskPaused(),
        new TaskEvent.TaskResumed(),
        new TaskEvent.TaskCanceling(null),
        new TaskEvent.TaskCanceled(null),
        new TaskEvent.TaskRequeued(0));
  }

  private static List<TaskCommand> commands() {
    return List.of(
        new TaskCommand.Begin(0, new Beginning.Run()),
        new TaskCommand.Begin(0, new Beginning.Refuse(NO)),
        new TaskCommand.Begin(0, new Beginning.Skip()),
        new TaskCommand.Begin(0, new Beginning.WaitUntil(NOW)),
        new TaskCommand.Begin(0, new Beginning.Done(Json.object())),
        new TaskCommand.Settle(0, new Outcome.Succeeded(null)),
        new TaskCommand.Settle(0, new Outcome.Failed(LATER)),
        new TaskCommand.Settle(0, new Outcome.Failed(NO)),
        new TaskCommand.Settle(0, new Outcome.Unknown(NO)),
        new TaskCommand.SentAgain(0),
        new TaskCommand.Pause(),
        new TaskCommand.Resume(),
        new TaskCommand.Cancel(null),
        new TaskCommand.Retry(0),
        new TaskCommand.Resolve(0, new Resolution.Succeeded(null)),
        new TaskCommand.Resolve(0, new Resolution.Failed(NO)),
        new TaskCommand.Resolve(0, new Resolution.Retry()));
  }

  private static <S extends Enum<S>> Set<String> declared(Map<S, Set<S>> transitions) {
    var declared = new TreeSet<String>();
    transitions.forEach(
        (from, tos) -> tos.forEach(to -> declared.add(wire(from) + " > " + wire(to))));
    return declared;
  }

  private static String wire(Enum<?> status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}

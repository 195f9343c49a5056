package dev.syris.task.engine;

import dev.syris.contracts.task.StepStatus;
import dev.syris.contracts.task.TaskStatus;
import dev.syris.contracts.task.WaitingFor;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What events make of a task's state. Pure; an event that does not fit the state is a fault. */
final class TaskEvolution {

  private TaskEvolution() {}

  static TaskState evolve(TaskState state, List<TaskEvent> events) {
    TaskState next = state;
    for (TaskEvent event : events) {
      next = evolve(next, event);
    }
    return next;
  }

  static TaskState evolve(TaskState state, TaskEvent event) {
    return switch (event) {
      case TaskEvent.StepStarted(int position, int attempt) ->
          state.with(state.step(position).started(attempt));
      case TaskEvent.StepWaits(int position, var what, var until) ->
          state.with(
              state.step(position).due(StepStatus.WAITING, what == WaitingFor.TIME ? until : null));
      case TaskEvent.StepApproved(int position, Instant at) ->
          state.with(state.step(position).due(StepStatus.WAITING, at));
      case TaskEvent.StepSkipped(int position) -> to(state, position, StepStatus.SKIPPED);
      case TaskEvent.StepSucceeded(int position, var _) ->
          to(state, position, StepStatus.SUCCEEDED);
      case TaskEvent.StepRetries(int position, var _, var _, var at) ->
          state.with(state.step(position).due(StepStatus.PENDING, at));
      case TaskEvent.StepFailed(int position, var _, var _) ->
          to(state, position, StepStatus.FAILED);
      case TaskEvent.StepUnknown(int position, var _, var _) ->
          to(state, position, StepStatus.UNKNOWN);
      case TaskEvent.StepCanceled(int position, var _) -> to(state, position, StepStatus.CANCELED);
      case TaskEvent.StepRepeated(int position) -> state.with(state.step(position).repeated());
      case TaskEvent.TaskStarted _ -> state.to(TaskStatus.RUNNING);
      case TaskEvent.TaskSucceeded _ -> state.to(TaskStatus.SUCCEEDED);
      case TaskEvent.TaskFailed _ -> state.to(TaskStatus.FAILED);
      case TaskEvent.TaskPaused _ -> state.to(TaskStatus.PAUSED);
      case TaskEvent.TaskResumed _ ->
          state.to(untouched(state) ? TaskStatus.PENDING : TaskStatus.RUNNING);
      case TaskEvent.TaskCanceling _ -> state.to(TaskStatus.CANCELING);
      case TaskEvent.TaskCanceled _ ->
          each(
              state.to(TaskStatus.CANCELED),
              step -> step.status() == StepStatus.PENDING || step.status() == StepStatus.WAITING,
              step -> step.to(StepStatus.CANCELED));
      case TaskEvent.TaskRequeued(int from) ->
          each(
              state.to(TaskStatus.PENDING),
              step -> step.position() >= from && hasOutcome(step),
              StepState::rerun);
    };
  }

  private static TaskState to(TaskState state, int position, StepStatus status) {
    return state.with(state.step(position).to(status));
  }

  /** Nothing of it has happened yet. */
  private static boolean untouched(TaskState state) {
    StepState current = state.current().orElse(null);
    return current != null
        && current.position() == 0
        && current.status() == StepStatus.PENDING
        && current.attempt() == 0;
  }

  private static boolean hasOutcome(StepState step) {
    return switch (step.status()) {
      case SUCCEEDED, FAILED, SKIPPED -> true;
      case PENDING, RUNNING, WAITING, UNKNOWN, CANCELED -> false;
    };
  }

  private static TaskState each(
      TaskState state, Predicate<StepState> which, UnaryOperator<StepState> change) {
    var steps = new TreeMap<>(state.steps());
    steps.replaceAll((_, step) -> which.test(step) ? change.apply(step) : step);
    return new TaskState(state.status(), state.stepCount(), steps);
  }
}

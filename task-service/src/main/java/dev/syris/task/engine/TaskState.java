package dev.syris.task.engine;

import dev.syris.contracts.task.StepStatus;
import dev.syris.contracts.task.TaskStatus;
import dev.syris.contracts.task.WaitingFor;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What decides how a task goes on. Steps may be there in part: those that are missing are done
 * where they lie before the first one, and untouched where they lie after the last one.
 *
 * @param stepCount of the whole task
 * @param steps by position
 */
record TaskState(TaskStatus status, int stepCount, SortedMap<Integer, StepState> steps) {

  /** The step that is under way, or whose turn is next; nothing where none is open here. */
  Optional<StepState> current() {
    return steps.values().stream()
        .filter(
            step -> step.status() != StepStatus.SUCCEEDED && step.status() != StepStatus.SKIPPED)
        .findFirst();
  }

  /** Whether a call of it may be under way. */
  boolean isCalling() {
    return steps.values().stream().anyMatch(step -> step.status() == StepStatus.RUNNING);
  }

  boolean isLast(int position) {
    return position == stepCount - 1;
  }

  boolean isOver() {
    return switch (status) {
      case SUCCEEDED, FAILED, CANCELED -> true;
      case PENDING, RUNNING, PAUSED, CANCELING -> false;
    };
  }

  /** What it waits for; null while something happens, or nothing will any more. */
  @Nullable WaitingFor waitingFor() {
    StepState current = isOver() ? null : current().orElse(null);
    if (current == null) {
      return null;
    }
    return switch (current.status()) {
      case UNKNOWN -> WaitingFor.OPERATOR;
      case WAITING -> current.dueAt() == null ? WaitingFor.APPROVAL : WaitingFor.TIME;
      case PENDING -> current.dueAt() == null ? null : WaitingFor.RETRY;
      case RUNNING, SUCCEEDED, FAILED, SKIPPED, CANCELED -> null;
    };
  }

  TaskState to(TaskStatus next) {
    if (next != status && !TaskTransitions.allows(status, next)) {
      throw new IllegalStateException(
          "a task can't go from %s to %s".formatted(status.wire(), next.wire()));
    }
    return new TaskState(next, stepCount, steps);
  }

  StepState step(int position) {
    StepState step = steps.get(position);
    if (step == null) {
      throw new IllegalArgumentException("step %d is not here".formatted(position));
    }
    return step;
  }

  TaskState with(StepState step) {
    var more = new TreeMap<>(steps);
    more.put(step.position(), step);
    return new TaskState(status, stepCount, more);
  }
}

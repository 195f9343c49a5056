package dev.syris.task.engine;

import dev.syris.contracts.task.RetryPolicy;
import dev.syris.contracts.task.StepStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where one step is.
 *
 * @param run raised only where the operator has it done again after an outcome; part of its
 *     idempotency key
 * @param attempt the last one of this run, 0 before the first
 * @param dueAt when its wait is over or its next attempt begins; null where it waits for no time
 */
record StepState(
    int position,
    StepStatus status,
    int run,
    int attempt,
    int maxAttempts,
    RetryPolicy policy,
    @Nullable Instant dueAt) {

  StepState to(StepStatus next) {
    return new StepState(position, checked(next), run, attempt, maxAttempts, policy, null);
  }

  StepState due(StepStatus next, @Nullable Instant at) {
    return new StepState(position, checked(next), run, attempt, maxAttempts, policy, at);
  }

  StepState started(int number) {
    return new StepState(
        position, checked(StepStatus.RUNNING), run, number, maxAttempts, policy, null);
  }

  /** The attempt without an outcome is made once more, under the same number and key. */
  StepState repeated() {
    return new StepState(
        position,
        checked(StepStatus.PENDING),
        run,
        Math.max(0, attempt - 1),
        maxAttempts,
        policy,
        null);
  }

  /** It is done anew, as another run. */
  StepState rerun() {
    return new StepState(
        position, checked(StepStatus.PENDING), run + 1, 0, maxAttempts, policy, null);
  }

  private StepStatus checked(StepStatus next) {
    if (next != status && !StepTransitions.allows(status, next)) {
      throw new IllegalStateException(
          "step %d can't go from %s to %s".formatted(position, status.wire(), next.wire()));
    }
    return next;
  }
}

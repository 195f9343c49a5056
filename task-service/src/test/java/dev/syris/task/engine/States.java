package dev.syris.task.engine;

import dev.syris.contracts.task.RetryPolicy;
import dev.syris.contracts.task.StepStatus;
import dev.syris.contracts.task.TaskStatus;
import java.time.Instant;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** States of tasks, for the tests of the core. */
final class States {

  static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  static final int MAX_ATTEMPTS = 3;
  static final RetryPolicy FIXED =
      new RetryPolicy(RetryPolicy.Strategy.FIXED, 1_000, 60_000, false);

  private States() {}

  /** A task and its steps, in order; whatever has begun is at its first attempt. */
  static TaskState task(TaskStatus status, StepStatus... steps) {
    TaskState state = new TaskState(status, steps.length, new TreeMap<>());
    for (int i = 0; i < steps.length; i++) {
      state = state.with(step(i, steps[i], attempt(steps[i]), null));
    }
    return state;
  }

  static StepState step(int position, StepStatus status, int attempt, @Nullable Instant due) {
    return new StepState(position, status, 1, attempt, MAX_ATTEMPTS, FIXED, due);
  }

  private static int attempt(StepStatus status) {
    return switch (status) {
      case PENDING, WAITING, SKIPPED, CANCELED -> 0;
      case RUNNING, SUCCEEDED, FAILED, UNKNOWN -> 1;
    };
  }
}

package dev.syris.task.engine;

import dev.syris.contracts.task.RetryPolicy;
import dev.syris.contracts.tool.ErrorDetail;
import java.time.Duration;

/**
 * How long a failed step waits before it is tried again. Pure. Full jitter after Brooker,
 * "Exponential Backoff And Jitter": a delay drawn evenly from nothing up to the exponential one.
 */
final class RetryDelay {

  /** Where an error says when to come back, in milliseconds from now. */
  static final String RETRY_AFTER_MS = "retry_after_ms";

  private static final long LONGEST_MS = Duration.ofDays(1).toMillis();

  private RetryDelay() {}

  /**
   * The delay after a failed attempt.
   *
   * @param attempt the one that failed, 1-based
   * @param random evenly drawn from [0, 1)
   */
  static Duration after(RetryPolicy policy, int attempt, ErrorDetail error, double random) {
    long own =
        switch (policy.strategy()) {
          case NONE -> 0;
          case FIXED -> policy.baseDelayMs();
          case EXPONENTIAL -> {
            long delay = exponential(policy, attempt);
            yield policy.jitter() ? (long) (random * (delay + 1)) : delay;
          }
        };
    return Duration.ofMillis(Math.clamp(Math.max(own, asked(error)), 0, LONGEST_MS));
  }

  private static long exponential(RetryPolicy policy, int attempt) {
    int doublings = Math.min(attempt - 1, 40);
    double delay = policy.baseDelayMs() * Math.pow(2, doublings);
    return (long) Math.min(delay, policy.maxDelayMs());
  }

  /** A target that says when it has room again is believed, up to a day. */
  private static long asked(ErrorDetail error) {
    return error.details() == null ? 0 : error.details().path(RETRY_AFTER_MS).asLong(0);
  }
}

package dev.syris.task.notice;

import dev.syris.contracts.tool.ErrorDetail;
import java.time.Duration;

/**
 * How long a notice waits after a failed attempt: doubled each time, of which between a half and
 * all is taken, and never shorter than the target asks for. Pure.
 */
final class Backoff {

  private static final long FIRST_MS = 2_000;
  private static final long LONGEST_MS = Duration.ofMinutes(10).toMillis();
  private static final int MOST_DOUBLINGS = 20;

  private Backoff() {}

  /**
   * @param attempt the one that failed, 1-based
   * @param random evenly drawn from [0, 1)
   */
  static Duration after(int attempt, ErrorDetail error, double random) {
    long whole = Math.min(LONGEST_MS, FIRST_MS << Math.min(attempt - 1, MOST_DOUBLINGS));
    long own = (long) (whole * (0.5 + random / 2));
    long asked = error.details() == null ? 0 : error.details().path("retry_after_ms").asLong(0);
    return Duration.ofMillis(Math.clamp(Math.max(own, asked), 1, Duration.ofHours(1).toMillis()));
  }
}

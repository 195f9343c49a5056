package dev.syris.contracts.task;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * How long to wait before a failed step is tried again.
 *
 * @param baseDelayMs delay before the second attempt, in milliseconds
 * @param maxDelayMs no delay is longer, in milliseconds
 * @param jitter whether an exponential delay is drawn from nothing up to its value, so that what
 *     failed together does not come back together
 */
public record RetryPolicy(Strategy strategy, long baseDelayMs, long maxDelayMs, boolean jitter) {

  /** What holds where a step says nothing. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(Strategy.EXPONENTIAL, 1_000, 60_000, true);

  /** How the delay grows. */
  public enum Strategy {
    EXPONENTIAL,
    FIXED,
    NONE;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The name on the wire. */
    @JsonValue
    public String wire() {
      return wire;
    }
  }
}

package dev.syris.gateway.health;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the heartbeat last said.
 *
 * @param enabled false where the operator switched it off
 * @param restartReason why what beats was last started
 * @param lastAt null where it never beat
 * @param interruption the last time it stopped and came back; null where there was none
 */
record Heartbeat(
    boolean enabled,
    @Nullable String version,
    @Nullable String restartReason,
    @Nullable Instant lastAt,
    @Nullable Instant nextExpectedAt,
    @Nullable Interruption interruption) {

  /** Nothing is known of it. */
  static final Heartbeat UNKNOWN = new Heartbeat(true, null, null, null, null, null);

  /** True where it beats, and the next beat is not more than a while late. */
  boolean beats(Instant now, Duration grace) {
    return enabled
        && lastAt != null
        && (nextExpectedAt == null || !now.isAfter(nextExpectedAt.plus(grace)));
  }
}

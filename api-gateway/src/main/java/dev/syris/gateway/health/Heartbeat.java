package dev.syris.gateway.health;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The newest row the heartbeat left. */
record Heartbeat(
    String version,
    String restartReason,
    Instant startedAt,
    Instant lastAt,
    @Nullable Instant nextExpectedAt) {

  /** True where the next one should have come, and a while has passed since. */
  boolean overdue(Instant now, Duration grace) {
    return nextExpectedAt != null && now.isAfter(nextExpectedAt.plus(grace));
  }
}

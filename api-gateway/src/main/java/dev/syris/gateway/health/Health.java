package dev.syris.gateway.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the system is, as anybody may know it.
 *
 * @param degradedSubsystems names only
 */
record Health(
    String status,
    long uptimeSeconds,
    String version,
    @Nullable String restartReason,
    @Nullable Instant lastHeartbeatAt,
    @Nullable Instant nextExpectedAt,
    List<String> degradedSubsystems) {

  /** A heartbeat may be this late before anybody worries. */
  private static final Duration GRACE = Duration.ofSeconds(15);

  /** How it is, from worst to best. */
  enum Status {
    DOWN,
    DEGRADED,
    HEALTHY;

    String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Judges. The whole path from an event to its audit needs every part, so one that is not up means
   * down; one that says it is degraded, or a heartbeat that is late, means degraded.
   *
   * @param startedAt when this program started
   */
  static Health of(
      List<Subsystem> subsystems,
      @Nullable Heartbeat heartbeat,
      Instant startedAt,
      Instant now,
      String version) {
    var degraded =
        new ArrayList<>(
            subsystems.stream().filter(part -> !part.up()).map(Subsystem::name).toList());
    Status status = degraded.isEmpty() ? Status.HEALTHY : Status.DOWN;
    subsystems.stream().filter(Subsystem::degraded).map(Subsystem::name).forEach(degraded::add);
    if (heartbeat == null || heartbeat.overdue(now, GRACE)) {
      degraded.add("heartbeat");
    }
    if (status == Status.HEALTHY && !degraded.isEmpty()) {
      status = Status.DEGRADED;
    }
    return new Health(
        status.wire(),
        Math.max(0, Duration.between(startedAt, now).toSeconds()),
        heartbeat == null ? version : heartbeat.version(),
        heartbeat == null ? null : heartbeat.restartReason(),
        heartbeat == null ? null : heartbeat.lastAt(),
        heartbeat == null ? null : heartbeat.nextExpectedAt(),
        List.copyOf(degraded));
  }

  boolean down() {
    return status.equals(Status.DOWN.wire());
  }
}

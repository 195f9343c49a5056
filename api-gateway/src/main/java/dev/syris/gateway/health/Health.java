package dev.syris.gateway.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the system is, as anybody may know it.
 *
 * @param interruption where it lately did not run for a while
 * @param degradedSubsystems names only
 */
record Health(
    String status,
    long uptimeSeconds,
    String version,
    @Nullable String restartReason,
    @Nullable Instant lastHeartbeatAt,
    @Nullable Instant nextExpectedAt,
    @Nullable Interruption interruption,
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
   * down; one that says it is degraded, or a heartbeat that is late or off, means degraded.
   *
   * @param startedAt when this program started
   * @param version of this program, where the heartbeat names none
   */
  static Health of(
      List<Subsystem> subsystems,
      Heartbeat heartbeat,
      Instant startedAt,
      Instant now,
      String version) {
    var degraded =
        new ArrayList<>(
            subsystems.stream().filter(part -> !part.up()).map(Subsystem::name).toList());
    Status status = degraded.isEmpty() ? Status.HEALTHY : Status.DOWN;
    subsystems.stream().filter(Subsystem::degraded).map(Subsystem::name).forEach(degraded::add);
    if (!heartbeat.beats(now, GRACE)) {
      degraded.add("heartbeat");
    }
    if (status == Status.HEALTHY && !degraded.isEmpty()) {
      status = Status.DEGRADED;
    }
    return new Health(
        status.wire(),
        Math.max(0, Duration.between(startedAt, now).toSeconds()),
        Objects.requireNonNullElse(heartbeat.version(), version),
        heartbeat.restartReason(),
        heartbeat.lastAt(),
        heartbeat.nextExpectedAt(),
        heartbeat.interruption(),
        List.copyOf(degraded));
  }

  boolean down() {
    return status.equals(Status.DOWN.wire());
  }
}

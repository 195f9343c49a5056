package dev.syris.task.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * When a schedule is due, as it was written.
 *
 * @param spec five fields of cron, whole seconds of an interval, or the time of a one-shot: RFC
 *     3339, or what the clock of the zone shows
 */
record ScheduleSpec(Type type, String spec, ZoneId zone) {

  private static final Duration LONGEST = Duration.ofDays(3660);

  enum Type {
    CRON,
    INTERVAL,
    ONE_SHOT;

    String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Its slots.
   *
   * @param anchor from when on an interval counts
   * @throws IllegalArgumentException that says what is wrong with the text
   */
  Recurrence recurrence(Instant anchor) {
    return switch (type) {
      case CRON -> new Recurrence.Cron(CronExpression.parse(spec, zone));
      case INTERVAL -> new Recurrence.Interval(seconds(), anchor);
      case ONE_SHOT -> new Recurrence.OneShot(time());
    };
  }

  private Duration seconds() {
    if (!spec.matches("[0-9]{1,10}")) {
      throw new IllegalArgumentException("must be whole seconds such as \"30\"");
    }
    var every = Duration.ofSeconds(Long.parseLong(spec));
    if (every.isZero() || every.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "is %s seconds; it must be from 1 to %d".formatted(spec, LONGEST.toSeconds()));
    }
    return every;
  }

  private Instant time() {
    Instant absolute = absolute();
    if (absolute != null) {
      return absolute;
    }
    try {
      return LocalTimes.instant(LocalDateTime.parse(spec), zone);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "must be a time such as \"2026-01-31T08:00:00Z\", or \"2026-01-31T08:00:00\" for the"
              + " clock of its zone",
          e);
    }
  }

  private @Nullable Instant absolute() {
    try {
      return OffsetDateTime.parse(spec).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}

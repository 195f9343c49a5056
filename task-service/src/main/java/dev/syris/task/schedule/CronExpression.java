package dev.syris.task.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Five fields as crontab(5) has them, read against the clock of a zone. Where both day fields are
 * restricted, either may match. A time the clock skips lies at the first instant after the gap; one
 * that it shows twice lies at the first of them.
 *
 * <p>Spring finds the times, on a clock that knows no zone; what the zone does to them is done
 * here. Immutable.
 */
final class CronExpression {

  private static final int FIELDS = 5;
  private static final int DAY_OF_MONTH = 2;
  private static final int DAY_OF_WEEK = 4;
  private static final Pattern NUMBERS = Pattern.compile("[0-9*,/-]+");
  private static final List<Pattern> SYNTAX =
      List.of(
          NUMBERS,
          NUMBERS,
          NUMBERS,
          named("JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"),
          named("SUN|MON|TUE|WED|THU|FRI|SAT"));
  private static final Pattern STEP_OF_ONE = Pattern.compile("(^|,)[0-9A-Za-z]+/");
  private static final int MOST_IN_A_GAP = 100_000;

  private final List<org.springframework.scheduling.support.CronExpression> either;
  private final ZoneId zone;

  private CronExpression(
      List<org.springframework.scheduling.support.CronExpression> either, ZoneId zone) {
    this.either = either;
    this.zone = zone;
  }

  /**
   * Reads an expression, or one of {@code @hourly @daily @midnight @weekly @monthly @yearly
   * @annually}.
   *
   * @throws IllegalArgumentException that says what is wrong with it
   */
  static CronExpression parse(String text, ZoneId zone) {
    String[] fields = spelledOut(text).trim().split("\\s+");
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException(
          "has %d fields; it must have 5: minute, hour, day of month, month, day of week"
              .formatted(fields.length));
    }
    for (int i = 0; i < FIELDS; i++) {
      check(fields[i], SYNTAX.get(i));
    }
    boolean anyDay = fields[DAY_OF_MONTH].startsWith("*") || fields[DAY_OF_WEEK].startsWith("*");
    var either =
        anyDay
            ? List.of(spring(fields))
            : List.of(
                spring(with(fields, DAY_OF_MONTH, "*")), spring(with(fields, DAY_OF_WEEK, "*")));
    return new CronExpression(either, zone);
  }

  private static Pattern named(String names) {
    return Pattern.compile("(?:[0-9*,/-]|" + names + ")+", Pattern.CASE_INSENSITIVE);
  }

  private static String spelledOut(String text) {
    return switch (text.trim().toLowerCase(Locale.ROOT)) {
      case "@hourly" -> "0 * * * *";
      case "@daily", "@midnight" -> "0 0 * * *";
      case "@weekly" -> "0 0 * * 0";
      case "@monthly" -> "0 0 1 * *";
      case "@yearly", "@annually" -> "0 0 1 1 *";
      default -> text;
    };
  }

  /** Spring reads more than cron does; that more would mean something else elsewhere. */
  private static void check(String field, Pattern syntax) {
    if (!syntax.matcher(field).matches()) {
      throw new IllegalArgumentException(
          "has \"%s\"; a field has numbers, names, and * , - /".formatted(field));
    }
    if (STEP_OF_ONE.matcher(field).find()) {
      throw new IllegalArgumentException(
          "has \"%s\"; a step needs * or a range before the /".formatted(field));
    }
  }

  private static String[] with(String[] fields, int index, String value) {
    String[] changed = fields.clone();
    changed[index] = value;
    return changed;
  }

  private static org.springframework.scheduling.support.CronExpression spring(String[] fields) {
    try {
      return org.springframework.scheduling.support.CronExpression.parse(
          "0 " + String.join(" ", fields));
    } catch (IllegalArgumentException e) {
      String why = String.valueOf(e.getMessage());
      int end = why.indexOf(" in cron expression");
      throw new IllegalArgumentException(
          "can't be read: " + (end < 0 ? why : why.substring(0, end)), e);
    }
  }

  /** The first slot after an instant; empty where there is none within some years. */
  Optional<Instant> after(Instant instant) {
    LocalDateTime clock = instant.atZone(zone).toLocalDateTime().truncatedTo(ChronoUnit.SECONDS);
    for (int i = 0; i < MOST_IN_A_GAP; i++) {
      Optional<LocalDateTime> next = nextOnClock(clock);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      Instant slot = LocalTimes.instant(next.get(), zone);
      if (slot.isAfter(instant)) {
        return Optional.of(slot);
      }
      clock = next.get();
    }
    throw new IllegalStateException("no slot of %s after %s".formatted(either, instant));
  }

  private Optional<LocalDateTime> nextOnClock(LocalDateTime clock) {
    return either.stream()
        .map(expression -> expression.next(clock))
        .filter(Objects::nonNull)
        .min(LocalDateTime::compareTo);
  }
}

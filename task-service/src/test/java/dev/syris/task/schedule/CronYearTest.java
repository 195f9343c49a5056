package dev.syris.task.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A year of slots in each zone, beside what is worked out minute by minute from the published dates
 * on which the clocks were changed: neither the library nor java.time's zones have a part in it.
 */
class CronYearTest {

  /** From an instant on, in minutes since 1970, a clock is so many minutes ahead of UTC. */
  private record Offset(long from, int ahead) {}

  private static final List<Offset> LONDON =
      List.of(offset(0, 0), at("2026-03-29T01:00Z", 60), at("2026-10-25T01:00Z", 0));
  private static final List<Offset> NEW_YORK =
      List.of(offset(0, -300), at("2026-03-08T07:00Z", -240), at("2026-11-01T06:00Z", -300));
  private static final List<Offset> KOLKATA = List.of(offset(0, 330));
  private static final List<Offset> LORD_HOWE =
      List.of(offset(0, 660), at("2026-04-04T15:00Z", 630), at("2026-10-03T15:30Z", 660));
  private static final List<Offset> APIA = List.of(offset(0, 780));
  private static final List<Offset> APIA_2011 =
      List.of(
          offset(0, -600),
          at("2011-04-02T14:00Z", -660),
          at("2011-09-24T14:00Z", -600),
          at("2011-12-30T10:00Z", 840));

  private static final List<String> EXPRESSIONS =
      List.of(
          "30 1 * * *",
          "15 2 * * *",
          "0 0 * * *",
          "*/10 * * * *",
          "0 * * * *",
          "5,50 1-3 * * 0",
          "0 9 * * 1-5",
          "30 2 29 3 *",
          "0 12 1,15 * 1",
          "0 12 13 * 5",
          "45 23 */2 * 6",
          "0 6 * 10,11 7");

  static Stream<Arguments> cases() {
    return Stream.of(
            zone("Europe/London", "2026", LONDON),
            zone("America/New_York", "2026", NEW_YORK),
            zone("Asia/Kolkata", "2026", KOLKATA),
            zone("Australia/Lord_Howe", "2026", LORD_HOWE),
            zone("Pacific/Apia", "2026", APIA),
            zone("Pacific/Apia", "2011", APIA_2011))
        .flatMap(
            zone ->
                EXPRESSIONS.stream()
                    .map(
                        expression ->
                            Arguments.of(zone.name(), zone.year(), zone.offsets(), expression)));
  }

  private record Zone(String name, String year, List<Offset> offsets) {}

  private static Zone zone(String name, String year, List<Offset> offsets) {
    return new Zone(name, year, offsets);
  }

  @ParameterizedTest(name = "{0} {1}: {3}")
  @MethodSource("cases")
  void shouldBeDueWhenTheTableSays(
      String zone, String year, List<Offset> offsets, String expression) {
    // Given
    Instant begin = Instant.parse(year + "-01-01T00:00:00Z");
    Instant end = Instant.parse(year + "-12-31T23:59:00Z");
    // When
    var slots = new ArrayList<Instant>();
    CronExpression cron = CronExpression.parse(expression, ZoneId.of(zone));
    Optional<Instant> slot = cron.after(begin);
    while (slot.isPresent() && !slot.get().isAfter(end)) {
      slots.add(slot.get());
      slot = cron.after(slot.get());
    }
    // Then
    assertThat(slots).isEqualTo(table(offsets, expression, begin, end));
  }

  @Test
  void shouldKnowWhenTheDayOfTheYearIsRare() {
    // Given
    CronExpression cron = CronExpression.parse("0 0 29 2 *", ZoneId.of("UTC"));
    // When / Then
    assertThat(cron.after(Instant.parse("2096-03-01T00:00:00Z")))
        .contains(Instant.parse("2104-02-29T00:00:00Z"));
    assertThat(
            CronExpression.parse("0 0 30 2 *", ZoneId.of("UTC"))
                .after(Instant.parse("2026-01-01T00:00:00Z")))
        .isEmpty();
  }

  /** Every minute in turn. */
  private static List<Instant> table(
      List<Offset> offsets, String expression, Instant begin, Instant end) {
    String[] fields = expression.split(" ");
    var slots = new ArrayList<Instant>();
    for (long minute = minute(begin) + 1; minute <= minute(end); minute++) {
      int now = ahead(offsets, minute);
      int before = ahead(offsets, minute - 1);
      boolean shownBefore = shownBefore(offsets, minute);
      boolean due = !shownBefore && matches(fields, minute + now);
      for (long skipped = minute + before; skipped < minute + now; skipped++) {
        due |= matches(fields, skipped);
      }
      if (due) {
        slots.add(Instant.ofEpochSecond(minute * 60));
      }
    }
    return slots;
  }

  /** Whether the clock has shown this minute once, and was set back since. */
  private static boolean shownBefore(List<Offset> offsets, long minute) {
    for (int i = 1; i < offsets.size(); i++) {
      int back = offsets.get(i - 1).ahead() - offsets.get(i).ahead();
      long from = offsets.get(i).from();
      if (back > 0 && minute >= from && minute < from + back) {
        return true;
      }
    }
    return false;
  }

  private static int ahead(List<Offset> offsets, long minute) {
    int ahead = offsets.getFirst().ahead();
    for (Offset offset : offsets) {
      if (offset.from() <= minute) {
        ahead = offset.ahead();
      }
    }
    return ahead;
  }

  private static boolean matches(String[] fields, long local) {
    long day = Math.floorDiv(local, 1440L);
    int ofDay = (int) Math.floorMod(local, 1440L);
    int[] date = date(day);
    int weekday = (int) Math.floorMod(day + 4, 7L); // 1970-01-01 was a Thursday
    boolean dayOfMonth = in(fields[2], date[2]);
    boolean dayOfWeek = in(fields[4], weekday) || (weekday == 0 && in(fields[4], 7));
    boolean either = !fields[2].startsWith("*") && !fields[4].startsWith("*");
    return in(fields[0], ofDay % 60)
        && in(fields[1], ofDay / 60)
        && in(fields[3], date[1])
        && (either ? dayOfMonth || dayOfWeek : dayOfMonth && dayOfWeek);
  }

  /** Year, month and day of a day since 1970, by counting. */
  private static int[] date(long day) {
    int year = 1970;
    long left = day;
    while (left >= (leap(year) ? 366 : 365)) {
      left -= leap(year) ? 366 : 365;
      year++;
    }
    int[] lengths = {31, leap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int month = 0;
    while (left >= lengths[month]) {
      left -= lengths[month];
      month++;
    }
    return new int[] {year, month + 1, (int) left + 1};
  }

  private static boolean leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  }

  private static boolean in(String field, int value) {
    return Arrays.stream(field.split(","))
        .anyMatch(
            part -> {
              String[] stepped = part.split("/");
              int step = stepped.length == 2 ? Integer.parseInt(stepped[1]) : 1;
              if (stepped[0].equals("*")) {
                // Days of the month begin with 1, everything else that has steps here with 0.
                return (value - (step == 2 ? 1 : 0)) % step == 0;
              }
              String[] range = stepped[0].split("-");
              int from = Integer.parseInt(range[0]);
              int to = Integer.parseInt(range[range.length - 1]);
              return value >= from && value <= to && (value - from) % step == 0;
            });
  }

  private static long minute(Instant instant) {
    return instant.getEpochSecond() / 60;
  }

  private static Offset at(String time, int ahead) {
    return offset(minute(Instant.parse(time.replace("Z", ":00Z"))), ahead);
  }

  private static Offset offset(long from, int ahead) {
    return new Offset(from, ahead);
  }
}

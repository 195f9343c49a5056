package dev.syris.task.timer;

import dev.syris.task.schedule.LocalTimes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** When a clock next shows a time. Pure. */
final class WakeTimes {

  private WakeTimes() {}

  /**
   * The instant.
   *
   * @param date {@code today}, {@code tomorrow}, an ISO date, or null for whichever comes first
   * @throws DateTimeException where the date is none
   */
  static Instant next(LocalTime time, @Nullable String date, Instant now, ZoneId zone) {
    LocalDate today = now.atZone(zone).toLocalDate();
    if (date == null) {
      Instant first = LocalTimes.instant(today.atTime(time), zone);
      return first.isAfter(now) ? first : LocalTimes.instant(today.plusDays(1).atTime(time), zone);
    }
    LocalDate day =
        switch (date) {
          case "today" -> today;
          case "tomorrow" -> today.plusDays(1);
          default -> LocalDate.parse(date);
        };
    return LocalTimes.instant(day.atTime(time), zone);
  }
}

package dev.syris.rules.condition;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A span of certain days. It begins on each of the days at {@code start} and ends when the clock
 * next shows {@code end}: the day after where that is not later than the start, and after a whole
 * day where the two are the same. The start is in it, the end is not.
 *
 * <p>Every window is one unbroken span of time, whatever the clocks do: an end of it that the clock
 * skips lies at the first instant after the gap, one that it shows twice lies at the first of them,
 * as with schedules. Immutable.
 */
public record TimeWindow(Set<DayOfWeek> days, LocalTime start, LocalTime end, ZoneId timezone)
    implements Condition {

  public TimeWindow {
    days = Set.copyOf(days);
    if (days.isEmpty()) {
      throw new IllegalArgumentException("a time window has at least one day");
    }
  }

  /** Whether an instant lies in the window of any day. */
  public boolean covers(Instant at) {
    LocalDate today = at.atZone(timezone).toLocalDate();
    // Tomorrow too: clocks set back across midnight show the end of today again after it.
    return coversFrom(today, at)
        || coversFrom(today.minusDays(1), at)
        || coversFrom(today.plusDays(1), at);
  }

  private boolean coversFrom(LocalDate day, Instant at) {
    return days.contains(day.getDayOfWeek())
        && !at.isBefore(startOn(day))
        && at.isBefore(endFrom(day));
  }

  /** Every begin and end from the day before an instant to a week after it, and maybe some more. */
  public List<Instant> edges(Instant at) {
    LocalDate today = at.atZone(timezone).toLocalDate();
    return today
        .minusDays(2)
        .datesUntil(today.plusDays(9))
        .filter(day -> days.contains(day.getDayOfWeek()))
        .flatMap(day -> Stream.of(startOn(day), endFrom(day)))
        .toList();
  }

  private Instant startOn(LocalDate day) {
    return instant(day.atTime(start));
  }

  /** When the window that begins on a day ends. */
  private Instant endFrom(LocalDate day) {
    return instant((end.isAfter(start) ? day : day.plusDays(1)).atTime(end));
  }

  private Instant instant(LocalDateTime clock) {
    ZoneRules rules = timezone.getRules();
    ZoneOffsetTransition transition = rules.getTransition(clock);
    return transition != null && transition.isGap()
        ? transition.getInstant()
        : clock.toInstant(rules.getOffset(clock));
  }
}

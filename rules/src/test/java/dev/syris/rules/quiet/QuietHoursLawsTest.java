package dev.syris.rules.quiet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.rules.condition.TimeWindow;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What holds of quiet hours at any time, in a northern and a southern zone that change their
 * clocks.
 */
class QuietHoursLawsTest {

  private static final Instant YEAR = Instant.parse("2026-01-01T00:00:00Z");
  private static final int MINUTES_OF_YEAR = 365 * 24 * 60;
  private static final int MINUTES_OF_DAY = 24 * 60;
  private static final List<String> ZONES = List.of("Europe/Berlin", "Australia/Sydney", "UTC");

  /** The clocks change around these times. */
  private static final List<String> CHANGES =
      List.of(
          "2026-03-29T01:00:00Z",
          "2026-10-25T01:00:00Z",
          "2026-04-04T16:00:00Z",
          "2026-10-03T16:00:00Z");

  @Provide
  Arbitrary<Instant> times() {
    Arbitrary<Instant> anyTime =
        Arbitraries.integers().between(0, MINUTES_OF_YEAR).map(QuietHoursLawsTest::minute);
    Arbitrary<Instant> nearChange =
        Combinators.combine(
                Arbitraries.of(CHANGES), Arbitraries.integers().between(-2 * 1440, 2 * 1440))
            .as((change, minutes) -> Instant.parse(change).plus(Duration.ofMinutes(minutes)));
    return Arbitraries.oneOf(anyTime, nearChange);
  }

  private static Instant minute(int minutes) {
    return YEAR.plus(Duration.ofMinutes(minutes));
  }

  @Provide
  Arbitrary<TimeWindow> windows() {
    return windows(Arbitraries.of(DayOfWeek.class).set().ofMinSize(1));
  }

  @Provide
  Arbitrary<TimeWindow> dailyWindows() {
    return windows(Arbitraries.just(EnumSet.allOf(DayOfWeek.class)));
  }

  private static Arbitrary<TimeWindow> windows(Arbitrary<? extends Set<DayOfWeek>> days) {
    Arbitrary<LocalTime> clocks =
        Arbitraries.integers()
            .between(0, MINUTES_OF_DAY - 1)
            .map(minutes -> LocalTime.MIDNIGHT.plusMinutes(minutes));
    return Combinators.combine(days, clocks, clocks, Arbitraries.of(ZONES))
        .as((on, start, end, zone) -> new TimeWindow(on, start, end, ZoneId.of(zone)));
  }

  /** Where the clock shows neither edge twice or not at all, what it shows decides. */
  @Property
  void shouldHoldWhileTheClockIsBetweenStartAndEnd(
      @ForAll("dailyWindows") TimeWindow window, @ForAll("times") Instant at) {
    LocalDate day = at.atZone(window.timezone()).toLocalDate();
    for (LocalDate date = day.minusDays(1);
        !date.isAfter(day.plusDays(1));
        date = date.plusDays(1)) {
      Assume.that(isShownOnce(window, date));
    }
    LocalTime clock = at.atZone(window.timezone()).toLocalTime();
    boolean sinceStart = !clock.isBefore(window.start());
    boolean beforeEnd = clock.isBefore(window.end());
    boolean between =
        window.start().isBefore(window.end()) ? sinceStart && beforeEnd : sinceStart || beforeEnd;
    // Then
    assertThat(new QuietHours(true, List.of(window)).holdAt(at)).isEqualTo(between);
  }

  private static boolean isShownOnce(TimeWindow window, LocalDate date) {
    var rules = window.timezone().getRules();
    return rules.getValidOffsets(date.atTime(window.start())).size() == 1
        && rules.getValidOffsets(date.atTime(window.end())).size() == 1;
  }

  @Property
  void shouldStayAsTheyAreUntilTheNextChange(
      @ForAll("windows") TimeWindow one,
      @ForAll("windows") TimeWindow other,
      @ForAll("times") Instant at) {
    // Given
    var hours = new QuietHours(true, List.of(one, other));
    boolean now = hours.holdAt(at);
    // When
    Optional<Instant> change = hours.until(at);
    // Then
    Instant end = change.orElse(at.plus(Duration.ofDays(8)));
    change.ifPresent(
        then -> {
          assertThat(then).isAfter(at);
          assertThat(hours.holdAt(then)).isNotEqualTo(now);
        });
    for (Instant between = at; between.isBefore(end); between = between.plusSeconds(600)) {
      assertThat(hours.holdAt(between)).isEqualTo(now);
    }
    assertThat(hours.holdAt(end.minusMillis(1))).isEqualTo(now);
  }
}

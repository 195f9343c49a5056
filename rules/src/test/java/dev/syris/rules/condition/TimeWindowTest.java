package dev.syris.rules.condition;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeWindowTest {

  private static final Set<DayOfWeek> ALL = EnumSet.allOf(DayOfWeek.class);

  @ParameterizedTest
  @CsvSource({
    "2026-01-30T08:00:00Z, true",
    "2026-01-30T07:59:59.999Z, false",
    "2026-01-30T16:59:59.999Z, true",
    "2026-01-30T17:00:00Z, false",
    "2026-01-31T12:00:00Z, false",
  })
  void shouldHoldFromItsStartUpToItsEnd(Instant at, boolean covers) {
    // Given: Friday from 9 to 18 in a zone one hour ahead
    var window = window(EnumSet.of(FRIDAY), "09:00", "18:00", "Europe/Berlin");

    // When
    boolean covered = window.covers(at);

    // Then
    assertThat(covered).isEqualTo(covers);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-30T22:00:00Z, true",
    "2026-01-31T05:59:59Z, true",
    "2026-01-31T06:00:00Z, false",
    "2026-01-30T03:00:00Z, false",
    "2026-01-31T23:00:00Z, false",
  })
  void shouldGoOnOverMidnightOnTheDayItBegan(Instant at, boolean covers) {
    // Given
    var window = window(EnumSet.of(FRIDAY), "22:00", "06:00", "UTC");

    // When
    boolean covered = window.covers(at);

    // Then
    assertThat(covered).isEqualTo(covers);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T08:00:00Z, true",
    "2026-02-01T07:59:59Z, true",
    "2026-02-01T08:00:00Z, false",
    "2026-01-31T07:59:59Z, false"
  })
  void shouldLastAWholeDayWhenItEndsAsItStarts(Instant at, boolean covers) {
    // Given
    var window = window(EnumSet.of(SATURDAY), "08:00", "08:00", "UTC");

    // When
    boolean covered = window.covers(at);

    // Then
    assertThat(covered).isEqualTo(covers);
  }

  /** Berlin, 29 March 2026: 02:00 becomes 03:00 at 01:00 UTC. */
  @ParameterizedTest
  @CsvSource({
    "02:30, 02:45, 2026-03-29T01:00:00Z, false",
    "02:30, 02:45, 2026-03-29T01:35:00Z, false",
    "02:30, 04:00, 2026-03-29T00:59:59Z, false",
    "02:30, 04:00, 2026-03-29T01:00:00Z, true",
    "02:30, 04:00, 2026-03-29T02:00:00Z, false",
    "22:00, 02:30, 2026-03-29T00:59:59Z, true",
    "22:00, 02:30, 2026-03-29T01:00:00Z, false",
  })
  void shouldMoveAnEndToAfterTheGapWhenTheClockSkipsIt(
      String start, String end, Instant at, boolean covers) {
    // Given
    var window = window(ALL, start, end, "Europe/Berlin");

    // When
    boolean covered = window.covers(at);

    // Then
    assertThat(covered).isEqualTo(covers);
  }

  /** Berlin, 25 October 2026: 03:00 becomes 02:00 at 01:00 UTC; 02:30 is at 00:30 and 01:30. */
  @ParameterizedTest
  @CsvSource({
    "02:30, 02:45, 2026-10-25T00:30:00Z, true",
    "02:30, 02:45, 2026-10-25T00:45:00Z, false",
    "02:30, 02:45, 2026-10-25T01:35:00Z, false",
    "02:30, 04:00, 2026-10-25T00:40:00Z, true",
    "02:30, 04:00, 2026-10-25T01:10:00Z, true",
    "02:30, 04:00, 2026-10-25T02:59:59Z, true",
    "02:30, 04:00, 2026-10-25T03:00:00Z, false",
    "22:00, 02:30, 2026-10-25T00:29:59Z, true",
    "22:00, 02:30, 2026-10-25T00:30:00Z, false",
    "22:00, 02:30, 2026-10-25T01:15:00Z, false",
  })
  void shouldTakeTheFirstWhenTheClockShowsAnEndTwice(
      String start, String end, Instant at, boolean covers) {
    // Given
    var window = window(ALL, start, end, "Europe/Berlin");

    // When
    boolean covered = window.covers(at);

    // Then
    assertThat(covered).isEqualTo(covers);
  }

  /** St. John's, Sunday 7 November 2010: 00:01 became 23:01 of Saturday at 02:31 UTC. */
  @Test
  void shouldGoOnWhenTheClockIsSetBackAcrossMidnight() {
    // Given
    var window = window(EnumSet.of(SUNDAY), "00:00", "02:00", "America/St_Johns");

    // When
    boolean covered = window.covers(Instant.parse("2010-11-07T03:00:00Z"));

    // Then
    assertThat(covered).isTrue();
    assertThat(window.covers(Instant.parse("2010-11-07T02:29:59Z"))).isFalse();
    assertThat(window.covers(Instant.parse("2010-11-07T02:30:00Z"))).isTrue();
  }

  /** Apia had no Friday 30 December 2011. */
  @Test
  void shouldNotHoldOnADayThatNeverWas() {
    // Given
    var window = window(EnumSet.of(FRIDAY), "08:00", "18:00", "Pacific/Apia");

    // When
    boolean covered = window.covers(Instant.parse("2011-12-30T10:00:00Z"));

    // Then
    assertThat(covered).isFalse();
  }

  @Test
  void shouldNotBeWithoutDays() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> window(Set.of(), "08:00", "18:00", "UTC"));
  }

  private static TimeWindow window(Set<DayOfWeek> days, String start, String end, String zone) {
    return new TimeWindow(days, LocalTime.parse(start), LocalTime.parse(end), ZoneId.of(zone));
  }
}

package dev.syris.gateway.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.rules.setting.RuleSettings;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulationTest {

  private static final Instant SINCE = Instant.parse("2026-01-30T23:30:00Z");
  private static final Instant UNTIL = SINCE.plusSeconds(86_400);
  private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");

  @Test
  void shouldFireOnceForFiveEqualEventsWithinTheDebounceWindow() {
    // Given
    Simulation simulation = simulation(60_000);
    // When
    for (int i = 0; i < 5; i++) {
      simulation.next(PastEvents.door("open", SINCE.plusSeconds(i)));
    }
    simulation.next(PastEvents.door("closed", SINCE.plusSeconds(6)));
    // Then
    Simulated result = simulation.result();
    assertThat(result.events()).isEqualTo(6);
    assertThat(result.fired()).isEqualTo(1);
    assertThat(result.suppressed()).isEqualTo(Map.of("debounce", 4L));
    assertThat(result.samples())
        .extracting(Simulated.Sample::outcome)
        .containsExactly("fired", "suppressed", "suppressed", "suppressed", "suppressed");
  }

  @Test
  void shouldCountByTheDaysOfTheZoneAndNameThoseOnWhichNothingHappened() {
    // Given
    Simulation simulation = simulation(60_000);
    // When
    simulation.next(PastEvents.door("open", SINCE));
    simulation.next(PastEvents.door("open", SINCE.plusSeconds(1)));
    // Then
    assertThat(simulation.result().days())
        .containsExactly(
            new Simulated.Day(LocalDate.parse("2026-01-31"), 1, 1),
            new Simulated.Day(LocalDate.parse("2026-02-01"), 0, 0));
  }

  @Test
  void shouldHoldBackForWhatFiredBeforeTheTime() {
    // Given
    Simulation simulation = simulation(60_000);
    // When
    simulation.next(PastEvents.door("open", SINCE.minusSeconds(1)));
    simulation.next(PastEvents.door("open", SINCE));
    // Then
    Simulated result = simulation.result();
    assertThat(result.events()).isEqualTo(1);
    assertThat(result.fired()).isZero();
    assertThat(result.suppressed()).isEqualTo(Map.of("debounce", 1L));
    assertThat(Simulation.start(PastEvents.rule(60_000), SINCE)).isEqualTo(SINCE.minusSeconds(60));
    assertThat(Simulation.start(PastEvents.rule(90_000), SINCE)).isEqualTo(SINCE.minusSeconds(90));
  }

  @Test
  void shouldCountWhatNoRuleIsAskedAboutAndLetItFireNothing() {
    // Given
    Simulation simulation = simulation(60_000);
    // When
    simulation.pass(PastEvents.door("open", SINCE.minusSeconds(1)));
    simulation.pass(PastEvents.door("open", SINCE));
    simulation.next(PastEvents.door("open", SINCE.plusSeconds(1)));
    // Then
    assertThat(simulation.result().events()).isEqualTo(2);
    assertThat(simulation.result().fired()).isEqualTo(1);
    assertThat(simulation.result().suppressed()).isEmpty();
  }

  @Test
  void shouldShowAHundredSamplesAtMost() {
    // Given
    Simulation simulation = simulation(0);
    // When
    for (int i = 0; i < 150; i++) {
      simulation.next(PastEvents.door("open", SINCE.plusSeconds(60L * i)));
    }
    // Then
    assertThat(simulation.result().fired()).isEqualTo(150);
    assertThat(simulation.result().samples()).hasSize(Simulation.MAX_SAMPLES);
  }

  private static Simulation simulation(long debounceMs) {
    return new Simulation(PastEvents.rule(debounceMs), RuleSettings.DEFAULT, SINCE, UNTIL, ZURICH);
  }
}

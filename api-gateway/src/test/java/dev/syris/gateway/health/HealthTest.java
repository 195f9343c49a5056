package dev.syris.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthTest {

  private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");
  private static final Interruption FROZEN =
      new Interruption(NOW.minusSeconds(90), NOW, 2, "frozen");
  private static final Heartbeat BEAT = beat(true, NOW.plusSeconds(30));
  private static final Subsystem UP = new Subsystem("ingest", true, Map.of());

  @Test
  void shouldBeHealthyWhereEverythingIsUpAndTheHeartBeats() {
    assertThat(judge(List.of(UP), BEAT, NOW).status()).isEqualTo("healthy");
  }

  @Test
  void shouldBeDownWhereAnyPartIs() {
    // When
    Health health = judge(List.of(UP, Subsystem.down("ledger", "why")), BEAT, NOW);
    // Then
    assertThat(health.down()).isTrue();
    assertThat(health.degradedSubsystems()).containsExactly("ledger");
  }

  @Test
  void shouldBeDegradedWhereAPartSaysSo() {
    // Given
    var degraded =
        new Subsystem("task", true, Map.of("probes", Map.of("it", Map.of("degraded", "slow"))));
    // When
    Health health = judge(List.of(UP, degraded), BEAT, NOW);
    // Then
    assertThat(health.status()).isEqualTo("degraded");
    assertThat(health.degradedSubsystems()).containsExactly("task");
  }

  @Test
  void shouldBeDegradedWhereTheHeartbeatIsLateOrMissing() {
    assertThat(judge(List.of(UP), BEAT, NOW.plusSeconds(45)).status()).isEqualTo("healthy");
    assertThat(judge(List.of(UP), BEAT, NOW.plusSeconds(46)).status()).isEqualTo("degraded");
    assertThat(judge(List.of(UP), Heartbeat.UNKNOWN, NOW).degradedSubsystems())
        .containsExactly("heartbeat");
  }

  @Test
  void shouldBeDegradedWhereTheHeartbeatIsSwitchedOff() {
    // When
    Health health = judge(List.of(UP), beat(false, null), NOW);
    // Then
    assertThat(health.status()).isEqualTo("degraded");
    assertThat(health.degradedSubsystems()).containsExactly("heartbeat");
  }

  @Test
  void shouldTellWhatTheHeartbeatKnowsAndNameItsOwnVersionOtherwise() {
    // When
    Health known = judge(List.of(UP), BEAT, NOW);
    Health unknown = judge(List.of(UP), Heartbeat.UNKNOWN, NOW);
    // Then
    assertThat(known.version()).isEqualTo("1");
    assertThat(known.restartReason()).isEqualTo("clean");
    assertThat(known.interruption()).isEqualTo(FROZEN);
    assertThat(unknown.version()).isEqualTo("unknown");
    assertThat(unknown.interruption()).isNull();
  }

  @Test
  void shouldFindTheLagWhereverAProbePutIt() {
    assertThat(Lag.in(Map.of("probes", Map.of("pipeline", Map.of("lag", 7))))).contains(7L);
    assertThat(Lag.in(Map.of("records_behind", 3L))).contains(3L);
    assertThat(Lag.in(Map.of("probes", Map.of()))).isEmpty();
  }

  private static Heartbeat beat(boolean enabled, Instant next) {
    return new Heartbeat(enabled, "1", "clean", NOW, next, FROZEN);
  }

  private static Health judge(List<Subsystem> parts, Heartbeat beat, Instant now) {
    return Health.of(parts, beat, NOW, now, "unknown");
  }
}

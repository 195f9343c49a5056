package dev.syris.task.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.json.Json;
import dev.syris.task.TaskSettings;
import dev.syris.task.instance.Instance;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import tools.jackson.databind.node.ObjectNode;

class HeartbeatWatcherTest {

  private static final Instant T0 = Instant.parse("2026-06-01T12:00:00Z");
  private static final Duration INTERVAL = Duration.ofSeconds(30);

  private final AtomicLong nanos = new AtomicLong();
  private final HeartbeatWatcher heartbeat = watcher();

  @Test
  void shouldBeatQuietlyWhileItIsOnTime() {
    // Given
    Tick first = tick(heartbeat, Json.object(), T0);
    // When
    pass(Duration.ofSeconds(31));
    Tick second = tick(heartbeat, first.state(), T0.plusSeconds(31));
    // Then
    assertThat(second.outcome()).isEqualTo("ok");
    assertThat(second.findings().get("heartbeat.missed")).isEmpty();
  }

  @Test
  void shouldSayWhenItStoodStillForTwoBeatsAndThatItIsOver() {
    // Given
    Tick before = tick(heartbeat, Json.object(), T0);
    // When
    pass(Duration.ofSeconds(91));
    Tick late = tick(heartbeat, before.state(), T0.plusSeconds(91));
    pass(INTERVAL);
    Tick after = tick(heartbeat, late.state(), T0.plusSeconds(121));
    // Then
    assertThat(late.findings().get("heartbeat.missed")).hasSize(1);
    assertThat(late.state().path("interruption").toString())
        .isEqualTo(
            "{\"from\":\"2026-06-01T12:00:00.000Z\",\"until\":\"2026-06-01T12:01:31.000Z\",\"missed_beats\":2,\"cause\":\"frozen\"}");
    assertThat(after.findings().get("heartbeat.missed")).isEmpty();
    assertThat(after.state().path("interruption")).isEqualTo(late.state().path("interruption"));
  }

  @Test
  void shouldNotTakeAClockThatIsSetForAGap() {
    // Given
    Tick before = tick(heartbeat, Json.object(), T0);
    // When
    pass(INTERVAL);
    Tick tick = tick(heartbeat, before.state(), T0.plusSeconds(3_630));
    // Then
    assertThat(tick.outcome()).isEqualTo("ok");
  }

  @Test
  void shouldNoticeThatAnotherProcessDidNotBeat() {
    // Given
    Tick before = tick(heartbeat, Json.object(), T0);
    // When
    Tick tick = tick(watcher(), before.state(), T0.plusSeconds(600));
    // Then
    assertThat(tick.state().at("/interruption/missed_beats").asInt()).isEqualTo(19);
  }

  @Test
  void shouldMissNothingWhereAnotherProcessBeatMeanwhile() {
    // Given
    HeartbeatWatcher other = watcher();
    Tick state = tick(heartbeat, Json.object(), T0);
    for (int i = 1; i <= 3; i++) {
      pass(INTERVAL);
      state = tick(other, state.state(), T0.plus(INTERVAL.multipliedBy(i)));
    }
    // When
    pass(INTERVAL);
    Tick again = tick(heartbeat, state.state(), T0.plus(INTERVAL.multipliedBy(4)));
    // Then
    assertThat(again.outcome()).isEqualTo("ok");
    assertThat(again.findings().get("heartbeat.missed")).isEmpty();
  }

  @Test
  void shouldNotMissWhatWasSwitchedOff() {
    // Given
    Tick before = tick(heartbeat, Json.object(), T0);
    // When
    Instant later = T0.plusSeconds(6_000);
    Tick tick = watcher().tick(new Watcher.Look(before.state(), later, later));
    // Then
    assertThat(tick.outcome()).isEqualTo("ok");
  }

  private static Tick tick(HeartbeatWatcher watcher, ObjectNode state, Instant now) {
    return watcher.tick(new Watcher.Look(state, now, T0.minusSeconds(1)));
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private HeartbeatWatcher watcher() {
    var settings =
        new TaskSettings(1, Duration.ofSeconds(1), INTERVAL, Duration.ofSeconds(10), Duration.ZERO);
    var nowhere = JdbcClient.create(new SimpleDriverDataSource());
    return new HeartbeatWatcher(
        INTERVAL, new Instance(nowhere, InstantSource.system(), settings, "1", "test"), nanos::get);
  }
}

package dev.syris.task.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class SilenceWatcherTest {

  private static final Instant T0 = Instant.parse("2026-06-01T12:00:00Z");

  private final AtomicReference<Optional<Instant>> heard = new AtomicReference<>(Optional.of(T0));
  private final SilenceWatcher watcher =
      new SilenceWatcher(
          "hall",
          new WatcherSettings.Wanted(
              WatcherSettings.Type.SILENCE,
              Duration.ofMinutes(1),
              Duration.ofSeconds(5),
              Duration.ZERO,
              null,
              null,
              "hallway",
              Duration.ofHours(1)),
          _ -> heard.get());

  @Test
  void shouldSayOnceThatItWentQuietAndOnceThatItSpeaksAgain() {
    // When
    Tick speaks = look(Json.object(), T0.plusSeconds(3_599));
    Tick quiet = look(speaks.state(), T0.plusSeconds(3_601));
    Tick still = look(quiet.state(), T0.plusSeconds(7_200));
    heard.set(Optional.of(T0.plusSeconds(7_210)));
    Tick again = look(still.state(), T0.plusSeconds(7_220));
    // Then
    assertThat(speaks.events()).isEmpty();
    assertThat(quiet.events()).hasSize(1);
    assertThat(quiet.findings().get("connector.quiet:hall")).hasSize(1);
    assertThat(still.events()).isEmpty();
    assertThat(still.findings().get("connector.quiet:hall")).hasSize(1);
    assertThat(again.events()).hasSize(1);
    assertThat(again.findings().get("connector.quiet:hall")).isEmpty();
  }

  @Test
  void shouldCountFromWhenItWasSwitchedOnWhereNothingWasHeard() {
    // Given
    heard.set(Optional.empty());
    // When / Then
    assertThat(look(Json.object(), T0.plusSeconds(3_500)).outcome()).isEqualTo("ok");
    assertThat(look(Json.object(), T0.plusSeconds(3_700)).outcome()).isEqualTo("quiet");
  }

  private Tick look(ObjectNode state, Instant now) {
    return watcher.tick(new Watcher.Look(state, now, T0));
  }
}

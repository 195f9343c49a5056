package dev.syris.pipeline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

  private final Pace pace = new Pace();

  @Test
  void shouldBeQuietWhenLittleComesIn() {
    for (long now = 0; now < 10_000; now += 10) {
      assertThat(pace.quiet(now, now + 3)).isTrue();
    }
  }

  @Test
  void shouldGatherWhenMuchComesIn() {
    // Given
    boolean[] quiet = new boolean[1000];

    // When
    for (int i = 0; i < quiet.length; i++) {
      quiet[i] = pace.quiet(i, i);
    }

    // Then
    assertThat(quiet[0]).isTrue();
    assertThat(quiet[Pace.MANY]).isFalse();
    for (int i = Pace.MANY; i < quiet.length; i++) {
      assertThat(quiet[i]).as("record %d", i).isFalse();
    }
  }

  @Test
  void shouldGatherWhatCameInFastHoweverSlowlyItIsProcessed() {
    // Given
    int quiet = 0;

    // When
    for (int i = 0; i < 1000; i++) {
      quiet += pace.quiet(i / 10, i / 10 + i) ? 1 : 0;
    }

    // Then
    assertThat(quiet).isLessThanOrEqualTo(Pace.MANY);
  }

  @Test
  void shouldGatherWhatHasWaited() {
    assertThat(pace.quiet(1_000, 1_000 + Pace.FRESH)).isTrue();
    assertThat(pace.quiet(2_000, 2_001 + Pace.FRESH)).isFalse();
  }

  @Test
  void shouldBeQuietAgainAfterAPause() {
    // Given
    for (int i = 0; i < 100; i++) {
      pace.quiet(10, 10);
    }

    // When
    boolean quiet = pace.quiet(10 + 2 * Pace.SPAN, 10 + 2 * Pace.SPAN);

    // Then
    assertThat(quiet).isTrue();
  }
}

package dev.syris.task.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.task.support.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetentionLoopTest {

  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  private final Rows many = new Rows(2 * RetentionLoop.BATCH + 1);
  private final Rows few = new Rows(3);
  private final RetentionLoop loop = new RetentionLoop(List.of(many, few), new ManualClock(NOW));

  @Test
  void shouldForgetInBatchesAndRestBetweenThemUntilNothingIsLeft() {
    // Given
    var pauses = new ArrayList<Duration>();
    // When
    while (many.left + few.left > 0) {
      pauses.add(loop.round());
    }
    // Then
    Duration between = pauses.getFirst();
    assertThat(pauses).hasSize(3).startsWith(between, between);
    assertThat(pauses.getLast()).isGreaterThan(between);
    assertThat(between).isBetween(Duration.ofMillis(100), Duration.ofSeconds(5));
    assertThat(many.asked).containsOnly(NOW);
  }

  private static final class Rows implements Forgettable {

    private final List<Instant> asked = new ArrayList<>();
    private int left;

    private Rows(int left) {
      this.left = left;
    }

    @Override
    public String what() {
      return "rows";
    }

    @Override
    public int forget(Instant now, int limit) {
      asked.add(now);
      int forgotten = Math.min(left, limit);
      left -= forgotten;
      return forgotten;
    }
  }
}

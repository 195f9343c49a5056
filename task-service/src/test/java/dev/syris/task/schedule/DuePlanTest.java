package dev.syris.task.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.task.schedule.CatchUp.Policy;
import dev.syris.task.schedule.DuePlan.Round;
import dev.syris.task.schedule.DuePlan.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DuePlanTest {

  private static final Instant T0 = Instant.parse("2026-06-01T12:00:00Z");
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Recurrence EVERY_MINUTE =
      new Recurrence.Interval(Duration.ofSeconds(60), T0.minusSeconds(60));

  @Test
  void shouldRunASlotThatIsSeenAtOnce() {
    // When
    DuePlan plan = plan(Policy.SKIP, 1, null, T0, T0.plusMillis(900), T0.plusMillis(400));
    // Then
    assertThat(plan.run()).containsExactly(new Slot(T0, false));
    assertThat(plan.missedCount()).isZero();
    assertThat(plan.next()).isEqualTo(T0.plusSeconds(60));
  }

  @Test
  void shouldForgiveBeingSlowButNotHavingBeenAway() {
    // Given
    Instant now = T0.plusSeconds(8);
    // When
    DuePlan slow = plan(Policy.SKIP, 1, null, T0, now, T0.minusSeconds(100));
    DuePlan away = plan(Policy.SKIP, 1, null, T0, now, T0.plusSeconds(5));
    // Then
    assertThat(slow.run()).containsExactly(new Slot(T0, false));
    assertThat(away.run()).isEmpty();
    assertThat(away.missed()).containsExactly(T0);
  }

  @Test
  void shouldMissAllWhereThePolicyIsToSkip() {
    // When
    DuePlan plan = late(Policy.SKIP, 1, null);
    // Then
    assertThat(plan.run()).isEmpty();
    assertThat(plan.missed()).containsExactly(slot(0), slot(1), slot(2), slot(3), slot(4));
    assertThat(plan.next()).isEqualTo(slot(5));
  }

  @Test
  void shouldRunTheNewestOnce() {
    // When
    DuePlan plan = late(Policy.RUN_ONCE, 1, null);
    // Then
    assertThat(plan.run()).containsExactly(new Slot(slot(4), true));
    assertThat(plan.missed()).containsExactly(slot(0), slot(1), slot(2), slot(3));
  }

  @Test
  void shouldRunTheNewestUpToTheCapInTheirOrder() {
    // When
    DuePlan plan = late(Policy.RUN_ALL_CAPPED, 3, null);
    // Then
    assertThat(plan.run())
        .containsExactly(new Slot(slot(2), true), new Slot(slot(3), true), new Slot(slot(4), true));
    assertThat(plan.missed()).containsExactly(slot(0), slot(1));
  }

  @Test
  void shouldNotRunWhatIsNoLongerRelevant() {
    // When
    DuePlan plan = late(Policy.RUN_ALL_CAPPED, 100, Duration.ofSeconds(95));
    // Then
    assertThat(plan.run()).containsExactly(new Slot(slot(3), true), new Slot(slot(4), true));
    assertThat(plan.missed()).containsExactly(slot(0), slot(1), slot(2));
  }

  @Test
  void shouldNameTheNewestOfVeryManyAndCountTheRest() {
    // Given
    Instant now = T0.plus(Duration.ofDays(30));
    // When
    DuePlan plan = plan(Policy.RUN_ONCE, 1, null, T0, now, now);
    // Then
    assertThat(plan.missed()).hasSize(DuePlan.MOST_NAMED);
    assertThat(plan.missedCount()).isEqualTo(30 * 24 * 60);
    assertThat(plan.firstMissed()).isEqualTo(T0);
    assertThat(plan.run()).containsExactly(new Slot(now, false));
  }

  /** Whatever the clock does between rounds, each slot is run or missed, once. */
  @Property
  void shouldTakeEverySlotOnce(
      @ForAll Policy policy,
      @ForAll @IntRange(min = 1, max = 5) int cap,
      @ForAll @Size(max = 30) List<@IntRange(min = -7200, max = 7200) Integer> steps) {
    // Given
    Instant now = T0;
    Instant due = T0;
    Instant last = T0.minusSeconds(60);
    // When
    for (int step : steps) {
      now = now.plusSeconds(step);
      if (!due.isAfter(now)) {
        DuePlan plan = plan(policy, cap, null, due, now, T0);
        var taken =
            Stream.concat(plan.run().stream().map(Slot::at), plan.missed().stream())
                .sorted()
                .toList();
        // Then
        for (Instant slot : taken) {
          assertThat(slot).isEqualTo(last.plusSeconds(60));
          last = slot;
        }
        due = plan.next();
        assertThat(due).isEqualTo(last.plusSeconds(60)).isAfter(now);
      }
    }
  }

  private static DuePlan late(Policy policy, int cap, Duration window) {
    Instant now = slot(4).plusSeconds(30);
    return plan(policy, cap, window, T0, now, now);
  }

  private static Instant slot(int n) {
    return T0.plusSeconds(60L * n);
  }

  private static DuePlan plan(
      Policy policy, int cap, Duration window, Instant due, Instant now, Instant since) {
    return DuePlan.of(
        EVERY_MINUTE, new CatchUp(policy, cap, window), due, new Round(now, since, GRACE));
  }
}

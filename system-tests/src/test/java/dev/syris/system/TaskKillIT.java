package dev.syris.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.testkit.WithBackends;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The task service is killed at any moment, and nothing is lost or done twice. {@code
 * -Dsyris.kills=1000 -Dsyris.steps=5000} makes it a long run, {@code -Dsyris.seed} another one.
 */
@WithBackends
class TaskKillIT {

  private static final int KILLS = Integer.getInteger("syris.kills", 60);
  private static final int STEPS = Integer.getInteger("syris.steps", 1500);
  private static final long SEED = Long.getLong("syris.seed", 20261125L);

  private static final int WORTH_A_REHEARSAL = 20;

  /** Fifteen tasks have 38 steps. */
  private static final int TASKS = STEPS * 15 / 38;

  /** The operator may have a call made again 10 s after that. */
  private static final Duration SHORT = Duration.ofSeconds(2);

  @Test
  void shouldLoseNothingAndDoNothingTwiceWhenKilledAtAnyMoment() throws Exception {
    try (var harness = new KillHarness(TASKS, SHORT, 1)) {
      // Given
      List<Kill> plan = Kill.plan(KILLS, new Random(SEED));
      if (KILLS >= WORTH_A_REHEARSAL) {
        harness.service(1).rehearse();
      }

      // When
      for (int i = 0; i < KILLS; i++) {
        harness.poster().allow(TASKS * (i + 1) / KILLS - TASKS * i / KILLS);
        harness.live(plan.get(i));
      }
      harness.service(1).launch();
      harness.finish();

      // Then
      harness.verify();
      assertThat(harness.hits().keySet())
          .containsAll(KILLS < Kill.CYCLE.size() ? List.of() : Kill.points());
    }
  }

  @Test
  void shouldBeTakenOverWithinTheLeaseWhenOneOfTwoIsKilled() throws Exception {
    int count = 120;
    try (var harness = new KillHarness(count, SHORT, 2)) {
      // Given
      TaskServiceProcess survivor = harness.service(1);
      TaskServiceProcess victim = harness.service(2);
      startBoth(harness);

      for (int kill = 1; kill <= 3; kill++) {
        harness.poster().allow(count / 3);
        await()
            .atMost(Duration.ofSeconds(20))
            .pollInterval(Duration.ofMillis(2))
            .until(() -> harness.database().ownedBy(victim.instance()) > 0);

        // When
        victim.kill();
        harness.killed();

        // Then
        await()
            .atMost(Duration.ofSeconds(15))
            .pollInterval(Duration.ofMillis(50))
            .until(() -> harness.database().ownedBy(victim.instance()) == 0);
        assertThat(survivor.isAlive()).isTrue();
        victim.launch();
        await().atMost(Duration.ofSeconds(30)).until(victim::isReady);
      }
      harness.finish();
      harness.verify();
    }
  }

  @Test
  void shouldRefuseWhatAFrozenOneSaysWhenItsTasksWereTakenOver() throws Exception {
    int count = 40;
    try (var harness = new KillHarness(count, Duration.ofSeconds(15), 2)) {
      // Given
      TaskServiceProcess frozen = harness.service(2);
      startBoth(harness);
      harness.recorder().hold();
      harness.poster().allow(count);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> harness.recorder().count() > 5 && calling(harness, frozen));

      // When
      frozen.freeze();
      harness.recorder().release();
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> harness.database().ownedBy(frozen.instance()) == 0);
      frozen.thaw();

      // Then
      await().atMost(Duration.ofSeconds(20)).until(() -> harness.database().lateAnswers() > 0);
      harness.finish();
      harness.verify();
    }
  }

  private static boolean calling(KillHarness harness, TaskServiceProcess service) throws Exception {
    return harness.database().ownedBy(service.instance()) > 1;
  }

  private static void startBoth(KillHarness harness) throws Exception {
    harness.service(1).launch();
    harness.service(2).launch();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> harness.service(1).isReady() && harness.service(2).isReady());
  }
}

package dev.syris.task.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.task.TaskSettings;
import dev.syris.task.support.Database;
import dev.syris.task.support.ManualClock;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@WithBackends
class InstanceIT {

  private static final TaskSettings SETTINGS =
      new TaskSettings(
          1,
          Duration.ofMillis(50),
          Duration.ofMillis(40),
          Duration.ofSeconds(10),
          Duration.ofMillis(1));

  private final TestDatabase test = TestBackends.freshDatabase();
  private final Database database = new Database(test.as("syris_task"));
  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void shouldKnowHowTheRunBeforeEnded() {
    // Given
    Instance first = started("1");
    // When
    Instance killed = started("1");
    killed.stop();
    Instance clean = started("1");
    Instance other = started("2");
    // Then
    await().until(first::isFenced);
    assertThat(killed.run().restartReason()).isEqualTo("killed");
    assertThat(clean.run().restartReason()).isEqualTo("clean");
    assertThat(clean.owner()).isEqualTo(new Owner("1", 3));
    assertThat(other.run().restartReason()).isEqualTo("first_start");
    clean.stop();
    other.stop();
  }

  @Test
  void shouldBeatWhileItRunsAndSayGoodbye() {
    // Given
    Instance instance = started("1");
    // When
    clock.advance(Duration.ofSeconds(30));
    // Then
    await()
        .until(
            () ->
                database.count(
                        "select extract(epoch from last_heartbeat_at)::bigint from"
                            + " task.system_health")
                    == 1767225630);
    instance.stop();
    assertThat(
            database.count("select count(*) from task.system_health where stopped_at is not null"))
        .isEqualTo(1);
  }

  @Test
  void shouldGoOnBeatingWhenTheClockIsSetBack() {
    // Given
    Instance instance = started("1");
    // When
    clock.advance(Duration.ofHours(-1));
    // Then
    await()
        .until(
            () ->
                database.count(
                        "select extract(epoch from last_heartbeat_at)::bigint from"
                            + " task.system_health")
                    == 1767222000);
    instance.stop();
  }

  @Test
  void shouldFindOutThatItHasASuccessor() {
    // Given
    Instance frozen = started("1");
    // When
    Instance successor = started("1");
    // Then
    await().until(frozen::isFenced);
    assertThat(frozen.owner()).isNull();
    frozen.stop();
    assertThat(
            database.count("select count(*) from task.system_health where stopped_at is not null"))
        .isZero();
    successor.stop();
  }

  @Test
  void shouldDoAgainWhatWasToBeDoneAtTheStartUntilItSucceeds() {
    // Given
    var instance = new Instance(database.jdbc, clock, SETTINGS, "1", "test");
    var tries = new AtomicInteger();
    instance.onReady(
        () -> {
          if (tries.incrementAndGet() < 3) {
            throw new IllegalStateException("not yet");
          }
        });
    // When
    instance.start();
    // Then
    await().until(() -> tries.get() == 3);
    instance.stop();
    assertThat(tries).hasValue(3);
  }

  private Instance started(String name) {
    var instance = new Instance(database.jdbc, clock, SETTINGS, name, "test");
    instance.start();
    await().until(() -> instance.owner() != null);
    return instance;
  }
}

package dev.syris.task.schedule;

import static dev.syris.task.schedule.ScheduleFixture.T0;
import static dev.syris.task.schedule.ScheduleFixture.interval;
import static dev.syris.task.schedule.ScheduleFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.topic.Topics;
import dev.syris.platform.problem.ProblemException;
import dev.syris.task.support.Database;
import dev.syris.testkit.WithBackends;
import dev.syris.testkit.schema.PublishedSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@WithBackends
class ScheduleIT {

  private final ScheduleFixture schedules = new ScheduleFixture();

  @AfterEach
  void close() {
    schedules.close();
  }

  @Test
  void shouldRunEachOfManyOnceHoweverManyShareTheWork() {
    // Given
    IntStream.range(0, 1_200).forEach(i -> schedules.make("s" + i, interval(60)));
    schedules.clock.advance(Duration.ofSeconds(60));
    // When
    schedules.start();
    schedules.start();
    schedules.start();
    await()
        .until(
            () ->
                schedules.database.count("select count(*) from task.schedule where fired_count = 1")
                    == 1_200);
    schedules.stopAll();
    // Then
    assertThat(schedules.database.said(Topics.RAW_EVENT.name()))
        .hasSize(1_200)
        .doesNotHaveDuplicates();
    assertThat(
            schedules.database.count(
                "select count(*) from task.schedule where next_run_at = '2026-06-01T12:02:00Z'"))
        .isEqualTo(1_200);
  }

  @Test
  void shouldDoAsThePolicySaysAboutWhatCameWhileNobodyWasThere() {
    // Given
    schedules.make("skip", interval(60).put("catch_up_policy", "skip"));
    schedules.make("once", interval(60).put("catch_up_policy", "run_once"));
    schedules.make(
        "all", interval(60).put("catch_up_policy", "run_all_capped").put("catch_up_cap", 3));
    schedules.make(
        "short", interval(60).put("catch_up_policy", "run_once").put("catch_up_window", 20));
    schedules.clock.advance(Duration.ofSeconds(330));
    // When
    ScheduleLoop loop = schedules.loop();
    loop.start();
    await()
        .until(
            () ->
                schedules.database.count(
                        "select count(*) from task.schedule where next_run_at > '2026-06-01T12:05:30Z'")
                    == 4);
    // Then
    assertThat(schedules.outcome("skip")).isEqualTo("fired 0 missed 5");
    assertThat(schedules.outcome("once")).isEqualTo("fired 1 missed 4");
    assertThat(schedules.outcome("all")).isEqualTo("fired 3 missed 2");
    assertThat(schedules.outcome("short")).isEqualTo("fired 0 missed 5");
    assertThat(schedules.slots("schedule.missed")).hasSize(16);
    assertThat(
            schedules.database.jdbc.sql("select body from api.schedule").query(String.class).list())
        .allSatisfy(
            body ->
                assertThat(
                        PublishedSchema.named("schedule").problemsOf(Json.mapper().readTree(body)))
                    .isEmpty());
  }

  @Test
  void shouldSayNothingAndStayWhereItIsWhenTheTransactionFails() {
    // Given
    schedules.make("s", interval(60));
    schedules.clock.advance(Duration.ofSeconds(60));
    ScheduleLoop loop = schedules.loop();
    try (var owner = new Database(schedules.test.owner())) {
      owner
          .jdbc
          .sql("alter table task.outbox add constraint ck_full check (false) not valid")
          .update();
      // When
      assertThatThrownBy(loop::runDue).isInstanceOf(RuntimeException.class);
      owner.jdbc.sql("alter table task.outbox drop constraint ck_full").update();
    }
    // Then
    assertThat(schedules.outcome("s")).isEqualTo("fired 0 missed 0");
    assertThat(loop.runDue()).isEqualTo(1);
    assertThat(schedules.outcome("s")).isEqualTo("fired 1 missed 0");
  }

  @Test
  void shouldHoldWhatComesOnceUntilQuietHoursAreOver() {
    // Given
    schedules.quiet.set(Set.of("night"));
    schedules.make(
        "s", json("one_shot", "2026-06-01T12:00:30Z").put("quiet_hours_policy_id", "night"));
    schedules.clock.advance(Duration.ofSeconds(31));
    ScheduleLoop loop = schedules.start();
    await()
        .until(
            () ->
                schedules.database.count(
                        "select count(*) from task.schedule where held_slot is not null")
                    == 1);
    // When
    schedules.quiet.set(Set.of());
    loop.wake();
    // Then
    await().until(() -> schedules.outcome("s").equals("fired 1 missed 0"));
    assertThat(schedules.slots("schedule.fired")).containsExactly("2026-06-01T12:00:30.000Z");
  }

  @Test
  void shouldStartAnewWhenItsTimesAreChangedAndGoOnWhenAnythingElseIs() {
    // Given
    schedules.make("s", interval(60));
    schedules.clock.advance(Duration.ofSeconds(30));
    // When
    schedules.make("s", interval(60).put("name", "another name"));
    Instant kept = schedules.table.find("s").orElseThrow().next();
    schedules.make("s", interval(40));
    Instant changed = schedules.table.find("s").orElseThrow().next();
    schedules.make("s", interval(40).put("enabled", false));
    Instant off = schedules.table.find("s").orElseThrow().next();
    schedules.clock.advance(Duration.ofDays(3));
    schedules.make("s", interval(40));
    // Then
    assertThat(kept).isEqualTo(T0.plusSeconds(60));
    assertThat(changed).isEqualTo(T0.plusSeconds(70));
    assertThat(off).isNull();
    assertThat(schedules.table.find("s").orElseThrow().next()).isAfter(schedules.clock.instant());
    assertThat(schedules.outcome("s")).isEqualTo("fired 0 missed 0");
  }

  @Test
  void shouldKeepWhatSomebodyMadeThoughItIsOver() {
    // Given
    schedules.make("s", json("one_shot", "2026-06-01T12:00:30Z"));
    schedules.clock.advance(Duration.ofSeconds(30));
    schedules.loop().runDue();
    // When
    schedules.clock.advance(Duration.ofDays(3_650));
    int forgotten =
        new FiredClocks(schedules.table, new ScheduleSettings(Duration.ZERO, Duration.ZERO))
            .forget(schedules.clock.instant(), 10);
    // Then
    assertThat(schedules.outcome("s")).isEqualTo("fired 1 missed 0");
    assertThat(forgotten).isZero();
  }

  @Test
  void shouldNotLeaveItsRowsLockedForLongWhenItIsFrozen() {
    assertThat(
            schedules
                .database
                .jdbc
                .sql("show idle_in_transaction_session_timeout")
                .query(String.class)
                .single())
        .isEqualTo("10s");
  }

  @Test
  void shouldRefuseWhatNeverComes() {
    assertThatThrownBy(() -> schedules.make("s", json("one_shot", "2026-01-01T00:00:00Z")))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> schedules.make("s", json("cron", "0 0 30 2 *")))
        .isInstanceOf(ProblemException.class);
    assertThat(schedules.table.find("s")).isEmpty();
  }
}

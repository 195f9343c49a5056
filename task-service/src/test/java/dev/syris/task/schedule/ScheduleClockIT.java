package dev.syris.task.schedule;

import static dev.syris.task.schedule.ScheduleFixture.T0;
import static dev.syris.task.schedule.ScheduleFixture.interval;
import static dev.syris.task.schedule.ScheduleFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.topic.Topics;
import dev.syris.testkit.WithBackends;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A clock that is set back or forward: no slot is run twice, none is forgotten. */
@WithBackends
class ScheduleClockIT {

  private final ScheduleFixture schedules = new ScheduleFixture();

  @AfterEach
  void close() {
    schedules.close();
  }

  @Test
  void shouldNeitherRepeatNorForgetWhenTheClockIsSet() {
    // Given
    schedules.make("s", interval(60));
    ScheduleLoop loop = schedules.loop();
    loop.start();
    loop.stop();
    schedules.clock.advance(Duration.ofSeconds(60));
    loop.runDue();
    // When: back by an hour, and on until the next slot
    schedules.clock.advance(Duration.between(schedules.clock.instant(), T0.minusSeconds(3_600)));
    int again = loop.runDue();
    schedules.clock.advance(Duration.between(schedules.clock.instant(), T0.plusSeconds(120)));
    loop.runDue();
    // When: forward by an hour
    schedules.clock.advance(Duration.ofSeconds(3_600));
    loop.runDue();
    // Then
    assertThat(again).isZero();
    assertThat(schedules.slots("schedule.fired")).hasSize(3).doesNotHaveDuplicates();
    assertThat(schedules.slots("schedule.missed")).hasSize(59).doesNotHaveDuplicates();
    assertThat(schedules.database.count("select missed_count from task.schedule")).isEqualTo(59);
  }

  @Test
  void shouldRunEachSlotOnceWhenTheClockOfManyIsSet() {
    // Given
    IntStream.range(0, 50).forEach(i -> schedules.make("s" + i, interval(60)));
    schedules.start();
    schedules.start();
    schedules.start();
    schedules.clock.advance(Duration.ofSeconds(60));
    awaitAllAt("2026-06-01T12:02:00Z");
    // When: back by an hour, long enough for another to be run
    schedules.clock.advance(Duration.ofSeconds(-3_600));
    schedules.make("probe", json("one_shot", "2026-06-01T11:02:00Z"));
    schedules.clock.advance(Duration.ofSeconds(60));
    await().until(() -> schedules.outcome("probe").equals("fired 1 missed 0"));
    long whileBack = schedules.database.said(Topics.RAW_EVENT.name()).size();
    schedules.clock.advance(Duration.ofSeconds(3_600));
    awaitAllAt("2026-06-01T12:03:00Z");
    // When: forward by an hour
    schedules.clock.advance(Duration.ofSeconds(3_600));
    awaitAllAt("2026-06-01T13:03:00Z");
    // Then
    assertThat(whileBack).isEqualTo(50 + 1);
    assertThat(schedules.database.said(Topics.RAW_EVENT.name()))
        .hasSize(50 * 3 + 1)
        .doesNotHaveDuplicates();
    assertThat(schedules.database.audits("schedule.fired")).hasSize(50 * 3 + 1);
    assertThat(schedules.database.audits("schedule.missed")).hasSize(50 * 59);
  }

  private void awaitAllAt(String next) {
    await()
        .until(
            () ->
                schedules.database.count(
                        "select count(*) from task.schedule where next_run_at = '%s'"
                            .formatted(next))
                    == 50);
  }
}

package dev.syris.task.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.task.alarm.Finding;
import dev.syris.task.support.Database;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every check against the schema it asks, with the gateway's views as they are published. */
@WithBackends
class SystemChecksIT {

  private final TestDatabase test = TestBackends.freshDatabase();
  private final Database database = new Database(test.as("syris_task"));
  private final Database owner = new Database(test.owner());

  @BeforeEach
  void views() {
    owner
        .jdbc
        .sql(
            """
            create view api.ledger_newest as select now() as recorded_at;
            create view api.ledger_gap_open as
              select 'g1' as gap_id, 'syris.audit.event' as topic, now() as at, '{}'::json as details where false;
            create view api.dead_letter_recent as
              select 'greenhouse' as connector_id, 3::bigint as count, now() as last_at where false;
            grant select on api.ledger_newest, api.ledger_gap_open, api.dead_letter_recent to syris_task
            """)
        .update();
  }

  @AfterEach
  void close() {
    owner.close();
    database.close();
  }

  @Test
  void shouldFindNothingWhereNothingIsWrong() {
    for (Check check : SystemChecks.of(database.jdbc)) {
      assertThat(check.look(Instant.now())).as(check.type()).contains(List.of());
    }
  }

  @Test
  void shouldFindSchedulesThatAreLate() {
    // Given
    owner
        .jdbc
        .sql(
            """
            insert into task.schedule (schedule_id, version, body, next_run_at, created_at, updated_at)
            values ('a', 1, '{}', now(), now(), now()), ('b', 1, '{}', now(), now(), now())
            """)
        .update();
    // When / Then
    assertThat(found("schedule.backlog", Duration.ofSeconds(30))).isEmpty();
    assertThat(found("schedule.backlog", Duration.ofSeconds(90)))
        .singleElement()
        .satisfies(found -> assertThat(found.summary()).startsWith("2 schedules"))
        .satisfies(found -> assertThat(found.dedupeKey()).isEqualTo("schedule.backlog"));
  }

  @Test
  void shouldFindWordsThatWaitForKafka() {
    // Given
    owner.jdbc.sql("insert into task.outbox (packed, bytes) values ('\\x0100000000', 5)").update();
    // When / Then
    assertThat(found("outbox.lag", Duration.ofSeconds(30))).isEmpty();
    assertThat(found("outbox.lag", Duration.ofSeconds(90))).hasSize(1);
  }

  @Test
  void shouldFindToolsThatFailAgainAndAgain() {
    // Given
    owner
        .jdbc
        .sql(
            """
            insert into task.tool_health (tool, instance, consecutive_errors, last_error_at)
            values ('http', '1', 5, now()), ('noop', '1', 4, now())
            """)
        .update();
    // When / Then
    assertThat(found("tool.failing", Duration.ZERO))
        .singleElement()
        .satisfies(found -> assertThat(found.dedupeKey()).isEqualTo("tool.failing:http"));
  }

  @Test
  void shouldFindATrailThatStandsStillThoughThereWasSomethingToSay() {
    // Given
    owner
        .jdbc
        .sql(
            """
            insert into task.watcher (watcher_id, type, enabled_at, interval_seconds, last_tick_at)
            values ('heartbeat', 'heartbeat', now(), 30, now() + interval '100 seconds')
            """)
        .update();
    // When / Then
    assertThat(found("ledger.lag", Duration.ofSeconds(110))).isEmpty();
    assertThat(found("ledger.lag", Duration.ofSeconds(150))).hasSize(1);
  }

  @Test
  void shouldSeeADiskThatIsNearlyFull() {
    long tera = 1L << 40;
    long giga = 1L << 30;
    assertThat(DiskCheck.judge(new DiskCheck.Room(tera / 2, tera))).isEmpty();
    assertThat(DiskCheck.judge(new DiskCheck.Room(tera / 30, tera))).hasSize(1);
    assertThat(DiskCheck.judge(new DiskCheck.Room(giga / 2, 4 * giga))).hasSize(1);
  }

  private List<Finding> found(String type, Duration later) {
    return SystemChecks.of(database.jdbc).stream()
        .filter(check -> check.type().equals(type))
        .findAny()
        .orElseThrow()
        .look(Instant.now().plus(later))
        .orElseThrow();
  }
}

package dev.syris.task.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.IdSource;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.time.Signal;
import dev.syris.task.TaskSettings;
import dev.syris.task.alarm.Alarms;
import dev.syris.task.support.Database;
import dev.syris.task.support.ManualClock;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each thing that can be wrong is made so, noticed by the watcher in its turns, and mended: one
 * alarm, one notice, resolved by itself. What the gateway publishes is stood in for by tables.
 */
@WithBackends
class SystemAlarmsIT {

  private static final Duration TURN = Duration.ofSeconds(15);
  private static final TaskSettings SETTINGS =
      new TaskSettings(
          64,
          Duration.ofMillis(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofMillis(200));

  private final TestDatabase test = TestBackends.freshDatabase();
  private final Database database = new Database(test.as("syris_task"));
  private final Database owner = new Database(test.owner());
  private final ManualClock clock = new ManualClock(Instant.now());
  private final Outbox outbox = new Outbox(database.jdbc, "task", new Signal());
  private final List<AuditEvent> notices = new CopyOnWriteArrayList<>();
  private final Alarms alarms =
      new Alarms(database.jdbc, outbox, new IdSource(clock, new Random()), clock, notices::add);
  private volatile DiskCheck.Room room = new DiskCheck.Room(1L << 40, 1L << 41);
  private final WatcherLoop loop = loop();

  /** What is wrong, by its alarm; how it comes to be, and how it goes. */
  private enum Wrong {
    TOOL_FAILING(
        "tool.failing:http",
        """
        insert into task.tool_health (tool, instance, consecutive_errors, last_error_at) values ('http', '1', 5, now())
        """,
        "update task.tool_health set consecutive_errors = 0, last_success_at = now()"),
    TASK_STUCK(
        "task.stuck:00000000-0000-0000-0000-000000000001",
        task("running", "null", "20 minutes"),
        "update task.task set updated_at = now()"),
    SCHEDULE_BACKLOG(
        "schedule.backlog",
        """
        insert into task.schedule (schedule_id, version, body, next_run_at, created_at, updated_at)
        values ('a', 1, '{}', now() - interval '2 minutes', now(), now())
        """,
        "update task.schedule set next_run_at = now() + interval '1 hour'"),
    OUTBOX_LAG(
        "outbox.lag",
        "insert into task.outbox (packed, bytes, created_at) values ('\\x0100000000', 5, now() - interval '2 minutes')",
        "delete from task.outbox where created_at < now() - interval '1 minute'"),
    LEDGER_LAG(
        "ledger.lag",
        """
        update stub.ledger set recorded_at = now() - interval '5 minutes';
        insert into task.watcher (watcher_id, type, enabled_at, interval_seconds, last_tick_at)
        values ('heartbeat', 'heartbeat', now(), 30, now() - interval '1 minute')
        """,
        "update stub.ledger set recorded_at = now()"),
    LEDGER_GAP(
        "ledger.gap:g1",
        "insert into stub.gap values ('g1', 'syris.audit.event', now(), '{}')",
        "delete from stub.gap"),
    DEAD_LETTERS(
        "dead_letters:greenhouse",
        "insert into stub.dead_letter values ('greenhouse', 3, now())",
        "delete from stub.dead_letter"),
    NOTIFICATION_STORM(
        "notification.storm",
        call("received")
            + """
            ; update task.tool_call set status = 'blocked', ended_at = now(), error = '{"code": "gate.storm_block"}'
            """,
        "update task.tool_call set created_at = now() - interval '61 minutes'");

    private final String key;
    private final String provoked;
    private final String mended;

    Wrong(String key, String provoked, String mended) {
      this.key = key;
      this.provoked = provoked;
      this.mended = mended;
    }
  }

  @BeforeEach
  void standInForTheGateway() {
    run(
        """
        create schema stub;
        create table stub.ledger as select now() as recorded_at;
        create table stub.gap (gap_id text, topic text, at timestamptz, details json);
        create table stub.dead_letter (connector_id text, count bigint, last_at timestamptz);
        create view api.ledger_newest as select * from stub.ledger;
        create view api.ledger_gap_open as select * from stub.gap;
        create view api.dead_letter_recent as select * from stub.dead_letter;
        grant select on api.ledger_newest, api.ledger_gap_open, api.dead_letter_recent to syris_task
        """);
  }

  @AfterEach
  void close() {
    loop.stop();
    owner.close();
    database.close();
  }

  @ParameterizedTest
  @EnumSource
  void shouldRaiseOneAlarmAndResolveItOnceTheCauseIsGone(Wrong wrong) {
    // Given
    run(wrong.provoked);
    loop.start();
    awaitTurns(1);
    nextTurn();
    List<String> raised = keys("open");
    // When
    run(wrong.mended);
    nextTurn();
    // Then
    assertThat(raised).containsExactly(wrong.key);
    assertThat(keys("resolved")).containsExactly(wrong.key);
    assertToldOnce();
  }

  @Test
  void shouldRaiseOneForADiskThatIsNearlyFullAndResolveItWhenThereIsRoom() {
    // Given
    room = new DiskCheck.Room(100 << 20, 1L << 40);
    loop.start();
    awaitTurns(1);
    List<String> raised = keys("open");
    // When
    room = new DiskCheck.Room(1L << 39, 1L << 40);
    nextTurn();
    // Then
    assertThat(raised).containsExactly("disk.full");
    assertThat(keys("resolved")).containsExactly("disk.full");
    assertToldOnce();
  }

  @ParameterizedTest
  @EnumSource(names = {"LEDGER_GAP", "DEAD_LETTERS", "NOTIFICATION_STORM"})
  void shouldNotRaiseAgainWhatAPersonResolved(Wrong wrong) {
    // Given
    run(wrong.provoked);
    loop.start();
    awaitTurns(1);
    resolveByAPerson();
    // When
    nextTurn();
    // Then
    assertThat(keys("resolved")).containsExactly(wrong.key);
    assertThat(keys("open")).isEmpty();
    assertThat(database.audits("alarm.raised")).hasSize(1);
  }

  @Test
  void shouldRaiseWhatHappensAfterAPersonResolvedIt() {
    // Given
    run(Wrong.DEAD_LETTERS.provoked);
    run(Wrong.NOTIFICATION_STORM.provoked);
    run(Wrong.LEDGER_GAP.provoked);
    loop.start();
    awaitTurns(1);
    resolveByAPerson();
    // When
    run("update stub.dead_letter set count = 4, last_at = now() + interval '1 second'");
    run("update task.tool_call set ended_at = now() + interval '1 second'");
    run("insert into stub.gap values ('g2', 'syris.audit.event', now(), '{}')");
    nextTurn();
    // Then
    assertThat(keys("open"))
        .containsExactlyInAnyOrder(
            "dead_letters:greenhouse", "notification.storm", "ledger.gap:g2");
  }

  private void resolveByAPerson() {
    run(
        """
        update task.alarm set status = 'resolved', resolved_at = now(), resolved_by_type = 'token', resolved_by_id = 't'
        """);
  }

  @Test
  void shouldTellTheDeadLettersOfOneConnectorFromThoseOfAnother() {
    // Given
    run(Wrong.DEAD_LETTERS.provoked);
    run("insert into stub.dead_letter values ('kitchen', 1, now())");
    loop.start();
    awaitTurns(1);
    // When
    run("delete from stub.dead_letter where connector_id = 'kitchen'");
    nextTurn();
    // Then
    assertThat(keys("open")).containsExactly("dead_letters:greenhouse");
    assertThat(keys("resolved")).containsExactly("dead_letters:kitchen");
  }

  @Test
  void shouldRaiseNoneForATaskThatMayStandStill() {
    // Given: it waits for a person, is paused, is to go on later, or has just moved
    run(task("running", "'approval'", "3 days"));
    run(other(task("running", "'operator'", "3 days"), 2));
    run(other(task("paused", "null", "3 days"), 3));
    run(other(task("pending", "null", "14 minutes"), 4));
    run(other(task("pending", "'time'", "3 days"), 5));
    run("update task.task set ready_at = now() + interval '1 hour' where waiting_for = 'time'");
    // When
    loop.start();
    awaitTurns(1);
    // Then
    assertThat(keys("open")).isEmpty();
  }

  @Test
  void shouldRaiseOneWhenTheApprovalIsThereAndTheTaskStillStands() {
    // Given
    run(task("running", "'approval'", "3 days"));
    loop.start();
    awaitTurns(1);
    List<String> before = keys("open");
    // When
    run("update task.task set waiting_for = null");
    nextTurn();
    // Then
    assertThat(before).isEmpty();
    assertThat(keys("open")).containsExactly(Wrong.TASK_STUCK.key);
  }

  private static String task(String status, String waitingFor, String age) {
    return """
    insert into task.task (task_id, name, status, trace_id, autonomy_at_start, labels, input, requested_by_type,
                           requested_by_id, granted_scopes, depth, step_count, waiting_for, created_at, updated_at)
    values ('00000000-0000-0000-0000-000000000001', 'water', 'pending', gen_random_uuid(), 'A2', '[]', '{}', 'token',
            't', '[]', 0, 1, %2$s, now() - interval '%3$s', now() - interval '%3$s');
    update task.task set status = '%1$s' where status = 'pending'
    """
        .formatted(status, waitingFor, age);
  }

  private static String other(String task, int number) {
    return task.replace("0001'", "000%d'".formatted(number));
  }

  private static String call(String status) {
    return """
    insert into task.tool_call (tool_call_id, trace_id, tool, action, args, idempotency_key, request_hash,
                                requested_by_type, requested_by_id, granted_scopes, depth, requested_at, created_at,
                                status, owner, owner_epoch, lease_until, started_at, attempt, read_only, idempotent)
    values ('00000000-0000-0000-0000-000000000002', gen_random_uuid(), 'notify', 'send', '{}', 'k', 'h', 'token', 't',
            '[]', 0, now(), now(), '%s', '1', 1, now(), now(), 1, false, false)
    """
        .formatted(status);
  }

  private void run(String statements) {
    for (String sql : statements.split(";")) {
      owner.jdbc.sql(sql).update();
    }
  }

  private void nextTurn() {
    int turns = turns();
    clock.advance(TURN);
    awaitTurns(turns + 1);
  }

  private void awaitTurns(int count) {
    await().until(() -> turns() == count);
  }

  private int turns() {
    return database.audits("watcher.tick").size();
  }

  private List<String> keys(String status) {
    return database
        .jdbc
        .sql("select dedupe_key from task.alarm where status = :status")
        .param("status", status)
        .query(String.class)
        .list();
  }

  private void assertToldOnce() {
    assertThat(keys("open")).isEmpty();
    assertThat(notices).hasSize(1);
    assertThat(database.audits("alarm.raised")).hasSize(1);
    assertThat(database.audits("alarm.resolved")).hasSize(1);
    assertThat(database.audits("alarm.resolved").getFirst().refs())
        .isEqualTo(database.audits("alarm.raised").getFirst().refs());
    assertThat(database.audits("watcher.tick"))
        .allMatch(tick -> tick.details().path("outcome").asString().equals("ok"));
  }

  private WatcherLoop loop() {
    var checks = new ArrayList<>(SystemChecks.of(database.jdbc));
    checks.add(new DiskCheck(() -> room));
    return new WatcherLoop(
        List.of(new SystemWatcher(checks)),
        new WatcherTable(database.jdbc),
        database.transaction,
        outbox,
        alarms,
        clock,
        SETTINGS,
        new Signal());
  }
}

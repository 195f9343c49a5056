package dev.syris.task.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.json.Json;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.problem.ProblemException;
import dev.syris.platform.time.Signal;
import dev.syris.task.support.Database;
import dev.syris.task.support.ManualClock;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import dev.syris.testkit.schema.PublishedSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

@WithBackends
class AlarmIT {

  private static final AuditActor WHO = AuditActor.token("t1");

  private final TestDatabase test = TestBackends.freshDatabase();
  private final Database database = new Database(test.as("syris_task"));
  private final ManualClock clock = new ManualClock(Instant.parse("2026-06-01T12:00:00Z"));
  private final Outbox outbox = new Outbox(database.jdbc, "task", new Signal());
  private final List<AuditEvent> notices = new ArrayList<>();
  private final Alarms alarms =
      new Alarms(database.jdbc, outbox, new IdSource(clock, new Random()), clock, notices::add);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void shouldOpenOneForAKeyAndCountTheRest() {
    // When
    for (int i = 0; i < 5; i++) {
      raise("a");
      clock.advance(Duration.ofSeconds(1));
    }
    // Then
    assertThat(database.count("select count from task.alarm")).isEqualTo(5);
    assertThat(database.audits("alarm.raised")).hasSize(1);
    assertThat(notices).hasSize(1);
  }

  @Test
  void shouldOpenOneForAKeyHoweverManyRaiseItAtOnce() throws Exception {
    // When
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 40; i++) {
        threads.submit(() -> raise("a"));
      }
    }
    // Then
    assertThat(database.count("select count from task.alarm")).isEqualTo(40);
    assertThat(database.audits("alarm.raised")).hasSize(1);
  }

  @Test
  void shouldRaiseWhatBeginsAndResolveWhatEnds() {
    // When
    reconcile("a", "b");
    clock.advance(Duration.ofSeconds(15));
    reconcile("b", "c");
    clock.advance(Duration.ofSeconds(15));
    reconcile("b", "c");
    // Then
    assertThat(database.count("select count from task.alarm where dedupe_key = 'b'")).isEqualTo(3);
    assertThat(
            database.count(
                "select extract(epoch from last_seen - first_seen)::bigint from task.alarm where dedupe_key = 'b'"))
        .isEqualTo(30);
    assertThat(
            database.count(
                "select count(*) from task.alarm where status = 'open' and dedupe_key in ('b', 'c')"))
        .isEqualTo(2);
    assertThat(
            database.count(
                "select count(*) from task.alarm where status = 'resolved' and dedupe_key = 'a'"))
        .isEqualTo(1);
    assertThat(database.audits("alarm.raised")).hasSize(3);
    assertThat(database.audits("alarm.resolved")).hasSize(1);
  }

  @Test
  void shouldOpenAnotherOnceTheFirstIsResolved() {
    // Given
    raise("a");
    // When
    within(() -> alarms.clear("a", "over"));
    raise("a");
    // Then
    assertThat(database.audits("operator.action.alarm_resolve")).isEmpty();
    assertThat(database.count("select count(*) from task.alarm")).isEqualTo(2);
    assertThat(notices).hasSize(2);
  }

  @Test
  void shouldBeAckedAndResolvedByAPersonAndNotTwice() {
    // Given
    raise("a");
    UUID id = database.jdbc.sql("select alarm_id from task.alarm").query(UUID.class).single();
    // When
    within(() -> alarms.ack(id, WHO, "seen"));
    within(() -> alarms.resolve(id, WHO, "mended"));
    // Then
    assertThat(database.jdbc.sql("select body from api.alarm").query(String.class).single())
        .contains("\"note\" : \"seen\"")
        .contains("\"note\" : \"mended\"")
        .contains("\"status\" : \"resolved\"");
    assertThat(
            PublishedSchema.named("alarm")
                .problemsOf(
                    Json.mapper()
                        .readTree(
                            database
                                .jdbc
                                .sql("select body from api.alarm")
                                .query(String.class)
                                .single())))
        .isEmpty();
    assertThat(database.audits("alarm.acked").getFirst().actor()).isEqualTo(WHO);
    for (String action : List.of("operator.action.alarm_ack", "operator.action.alarm_resolve")) {
      assertThat(database.audits(action))
          .as(action)
          .singleElement()
          .satisfies(said -> assertThat(said.actor()).isEqualTo(WHO))
          .satisfies(said -> assertThat(said.refs().get("alarm_id")).isEqualTo(id.toString()));
    }
    assertThatThrownBy(() -> within(() -> alarms.ack(id, WHO, null)))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> within(() -> alarms.resolve(UUID.randomUUID(), WHO, null)))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void shouldResolveOnUpgradeWhatAnOlderReleaseLeftOfSettledCalls() throws Exception {
    // Given
    UUID unknown = call("unknown");
    UUID settled = call("succeeded");
    for (UUID call : List.of(unknown, settled)) {
      within(() -> alarms.raise(unknown("tool_call.unknown:" + call)));
    }
    raise("other");
    // When
    try (var owner = new Database(test.owner())) {
      owner.jdbc.sql(migration()).update();
    }
    // Then
    assertThat(
            database
                .jdbc
                .sql("select dedupe_key from task.alarm where status = 'resolved'")
                .query(String.class)
                .list())
        .containsExactly("tool_call.unknown:" + settled);
  }

  private static String migration() throws IOException {
    String name = "/db/migration/task/V202611271532__find_resolved_alarms.sql";
    try (InputStream file = Alarms.class.getResourceAsStream(name)) {
      String sql = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      return sql.substring(sql.indexOf("update task.alarm"));
    }
  }

  private static Finding unknown(String key) {
    return Finding.of(
        "tool_call.unknown", Finding.Severity.ERROR, key, "nobody knows", Json.object());
  }

  private UUID call(String status) {
    UUID id = UUID.randomUUID();
    try (var owner = new Database(test.owner())) {
      owner
          .jdbc
          .sql(
              """
              insert into task.tool_call (tool_call_id, trace_id, tool, action, args, idempotency_key, request_hash,
                                          requested_by_type, requested_by_id, granted_scopes, depth, requested_at, created_at,
                                          status, owner, owner_epoch, lease_until, started_at, attempt, read_only, idempotent)
              values (:id, :id, 'noop', 'run', '{}', :id::text, 'h', 'token', 't', '[]', 0, now(), now(),
                      'started', '1', 1, now(), now(), 1, false, false)
              """)
          .param("id", id)
          .update();
      owner
          .jdbc
          .sql(
              """
              update task.tool_call
                 set status = :status, ended_at = case when :status <> 'unknown' then now() end,
                     output = case when :status = 'succeeded' then '{}'::json end,
                     error = case when :status = 'unknown' then '{"code": "c"}'::json end
               where tool_call_id = :id
              """)
          .param("status", status)
          .param("id", id)
          .update();
    }
    return id;
  }

  @Test
  void shouldForgetWhatWasResolvedLongEnoughAgoAndNothingElse() {
    // Given
    raise("open");
    raise("acked");
    UUID acked = id("acked");
    within(() -> alarms.ack(acked, WHO, null));
    for (String key : List.of("a", "b", "c")) {
      raise(key);
      within(() -> alarms.clear(key, "over"));
      clock.advance(Duration.ofMinutes(1));
    }
    var resolved =
        new ResolvedAlarms(
            new AlarmTable(database.jdbc), new AlarmSettings(Duration.ofMinutes(10)));
    // When
    int early = resolved.forget(clock.instant(), 10);
    clock.advance(Duration.ofMinutes(9));
    int first = resolved.forget(clock.instant(), 1);
    int second = resolved.forget(clock.instant(), 1);
    int third = resolved.forget(clock.instant(), 1);
    // Then
    assertThat(List.of(early, first, second, third)).containsExactly(0, 1, 1, 0);
    assertThat(
            database
                .jdbc
                .sql("select dedupe_key from task.alarm order by 1")
                .query(String.class)
                .list())
        .containsExactly("acked", "c", "open");
  }

  @Test
  void shouldRefuseToDeleteWhatIsNotResolved() {
    // Given
    raise("a");
    // When / Then
    assertThatThrownBy(() -> database.jdbc.sql("delete from task.alarm").update())
        .isInstanceOf(DataAccessException.class);
    within(() -> alarms.clear("a", "over"));
    assertThat(database.jdbc.sql("delete from task.alarm").update()).isEqualTo(1);
  }

  private UUID id(String key) {
    return database
        .jdbc
        .sql("select alarm_id from task.alarm where dedupe_key = :key")
        .param("key", key)
        .query(UUID.class)
        .single();
  }

  @Test
  void shouldRefuseInTheDatabaseWhatTheTableOfTransitionsDoesNotHave() {
    for (AlarmStatus from : AlarmStatus.values()) {
      for (AlarmStatus to : AlarmStatus.values()) {
        // Given
        String key = from.wire() + "-" + to.wire();
        raise(key);
        bring(key, from);
        // When
        boolean went = went(key, to);
        // Then
        assertThat(went).as(key).isEqualTo(from == to || from.mayBecome(to));
      }
    }
    assertThat(database.count("select count(*) from task.alarm_transition"))
        .isEqualTo(AlarmStatus.TRANSITIONS.values().stream().mapToLong(next -> next.size()).sum());
  }

  private void bring(String key, AlarmStatus status) {
    if (status != AlarmStatus.OPEN) {
      assertThat(went(key, status)).isTrue();
    }
  }

  private boolean went(String key, AlarmStatus status) {
    String sql =
        """
        update task.alarm
           set status = :status,
               acked_at = case when :status = 'acked' then now() else acked_at end,
               acked_by_id = case when :status = 'acked' then 'x' else acked_by_id end,
               resolved_at = case when :status = 'resolved' then now() end
         where dedupe_key = :key
        """;
    try {
      return database.jdbc.sql(sql).param("status", status.wire()).param("key", key).update() == 1;
    } catch (DataAccessException e) {
      return false;
    }
  }

  private void raise(String key) {
    within(() -> alarms.raise(finding(key)));
  }

  private void reconcile(String... keys) {
    within(
        () -> alarms.reconcile("t", List.of(keys).stream().map(AlarmIT::finding).toList(), "gone"));
  }

  private static Finding finding(String key) {
    return Finding.of("t", Finding.Severity.ERROR, key, "something is wrong", Json.object());
  }

  private void within(Runnable change) {
    database.transaction.executeWithoutResult(_ -> change.run());
  }
}

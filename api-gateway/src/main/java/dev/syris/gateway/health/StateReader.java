package dev.syris.gateway.health;

import dev.syris.contracts.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the counts and times of the state from the views. */
final class StateReader {

  static final String TOOL_CALLS = "tool_calls";
  static final String APPROVALS = "approvals";
  static final String SCHEDULES = "schedules";

  private static final String HEARTBEAT =
      """
      select enabled, version, restart_reason, last_heartbeat_at, next_expected_at, interruption
        from api.heartbeat
      """;

  /** What is counted by status; there is a view of each. */
  private static final List<String> COUNTED =
      List.of("tool_call", "task", "approval", "schedule", "watcher", "alarm");

  private static final String OPEN_ALARMS =
      "select severity as name, count(*) from api.alarm where status = 'open' group by severity";

  private static final String CONTROLS =
      "select body->>'autonomy_level' as level, (body->>'paused')::boolean as paused from api.controls";

  private static final String TIMERS = "select count, next_due_at as time from api.timer_pending";

  private static final String BACKLOG =
      """
      select 0 as count, least(oldest_received_at, oldest_started_at, oldest_waiting_at, oldest_unknown_at) as time
        from api.tool_call_backlog
      """;

  private static final String OUTBOX =
      """
      select sum(depth)::bigint as count, min(oldest) as time
        from (select depth, oldest from api.task_outbox
              union all
              select count(*), min(created_at) from gateway.outbox) as outboxes
      """;

  /** A task waits where nobody has begun it, or where it says for what. */
  private static final String OLDEST_WAITING =
      """
      select kind, since
        from (select 'tool_call' as kind, least(oldest_received_at, oldest_waiting_at) as since from api.tool_call_backlog
              union all
              select 'approval', min(created_at) from api.approval where status = 'pending'
              union all
              select 'task', min(updated_at) from api.task join api.open_task using (task_id)
               where status in ('pending', 'running', 'paused') and (status = 'pending' or waiting_for is not null)
              union all
              select 'outbox', oldest from api.task_outbox
              union all
              select 'outbox', min(created_at) from gateway.outbox) as waiting
       where since is not null
       order by since, kind limit 1
      """;

  private static final String HEAD =
      """
      select coalesce(max(sequence), 0) as count, max(recorded_at) as time
        from (select sequence, recorded_at from api.audit_event order by sequence desc limit 1) as newest
      """;

  private final JdbcClient jdbc;

  StateReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A number of things, and the time that matters about them. */
  record Counted(long count, @Nullable Instant time) {}

  /** How much may be done without asking, and whether nothing new is started. */
  record Posture(String autonomyLevel, boolean paused) {}

  /** A thing that waits, and since when. */
  record Waiting(String kind, Instant since) {}

  /**
   * What the database knows of the state of things.
   *
   * @param byStatus of each collection, how many there are in which status
   * @param openAlarms by severity
   * @param timers pending, and when the next is due
   * @param oldestCall time of the oldest call that is not over
   * @param oldestWaiting of all things that wait; null where none does
   * @param outbox transactions the broker has not been told of, and the oldest
   * @param ledger newest sequence, and when it was recorded
   */
  record Counts(
      Posture controls,
      Map<String, Map<String, Long>> byStatus,
      Map<String, Long> openAlarms,
      Counted timers,
      Counted oldestCall,
      @Nullable Waiting oldestWaiting,
      Counted outbox,
      Counted ledger) {

    long of(String collection, String status) {
      return byStatus.getOrDefault(collection, Map.of()).getOrDefault(status, 0L);
    }
  }

  /** Always there; what it never said is not in it. */
  Heartbeat heartbeat() {
    return jdbc.sql(HEARTBEAT).query((row, number) -> heartbeat(row)).single();
  }

  Counts counts() {
    return new Counts(
        posture(),
        byStatus(),
        numbers(OPEN_ALARMS),
        counted(TIMERS),
        counted(BACKLOG),
        oldestWaiting(),
        counted(OUTBOX),
        counted(HEAD));
  }

  private Posture posture() {
    return jdbc.sql(CONTROLS)
        .query(
            (row, number) ->
                new Posture(
                    Objects.requireNonNull(row.getString("level")), row.getBoolean("paused")))
        .single();
  }

  private Map<String, Map<String, Long>> byStatus() {
    var counts = new LinkedHashMap<String, Map<String, Long>>();
    for (String thing : COUNTED) {
      String sql = "select status as name, count from api." + thing + "_count order by status";
      counts.put(thing + "s", numbers(sql));
    }
    return counts;
  }

  private Map<String, Long> numbers(String sql) {
    var numbers = new LinkedHashMap<String, Long>();
    jdbc.sql(sql)
        .query((row, number) -> numbers.put(row.getString("name"), row.getLong("count")))
        .list();
    return numbers;
  }

  private @Nullable Waiting oldestWaiting() {
    return jdbc.sql(OLDEST_WAITING)
        .query(
            (row, number) ->
                new Waiting(
                    Objects.requireNonNull(row.getString("kind")),
                    Objects.requireNonNull(instant(row, "since"))))
        .optional()
        .orElse(null);
  }

  private Counted counted(String sql) {
    return jdbc.sql(sql)
        .query((row, number) -> new Counted(row.getLong("count"), instant(row, "time")))
        .single();
  }

  private static Heartbeat heartbeat(ResultSet row) throws SQLException {
    String interruption = row.getString("interruption");
    return new Heartbeat(
        row.getBoolean("enabled"),
        row.getString("version"),
        row.getString("restart_reason"),
        instant(row, "last_heartbeat_at"),
        instant(row, "next_expected_at"),
        interruption == null ? null : Json.mapper().readValue(interruption, Interruption.class));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}

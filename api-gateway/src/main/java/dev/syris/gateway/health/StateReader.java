package dev.syris.gateway.health;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the counts and times of the state from the views. */
final class StateReader {

  private static final String HEARTBEAT =
      """
      select version, restart_reason, started_at, last_heartbeat_at, next_expected_at
        from api.system_health order by last_heartbeat_at desc limit 1
      """;

  private static final String CALLS =
      "select status, count from api.tool_call_count order by status";

  private static final String TASKS = "select status, count from api.task_count order by status";

  private static final String APPROVALS =
      "select status, count from api.approval_count order by status";

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

  /**
   * What the database knows of the state of things.
   *
   * @param approvals by status
   * @param timers pending, and when the next is due
   * @param oldestCall time of the oldest call that is not over
   * @param outbox transactions the broker has not been told of, and the oldest
   * @param ledger newest sequence, and when it was recorded
   */
  record Counts(
      Posture controls,
      Map<String, Long> toolCalls,
      Map<String, Long> tasks,
      Map<String, Long> approvals,
      Counted timers,
      Counted oldestCall,
      Counted outbox,
      Counted ledger) {}

  Optional<Heartbeat> heartbeat() {
    return jdbc.sql(HEARTBEAT).query((row, number) -> heartbeat(row)).optional();
  }

  Counts counts() {
    return new Counts(
        posture(),
        byStatus(CALLS),
        byStatus(TASKS),
        byStatus(APPROVALS),
        counted(TIMERS),
        counted(BACKLOG),
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

  private Map<String, Long> byStatus(String sql) {
    var counts = new LinkedHashMap<String, Long>();
    jdbc.sql(sql)
        .query((row, number) -> counts.put(row.getString("status"), row.getLong("count")))
        .list();
    return counts;
  }

  private Counted counted(String sql) {
    return jdbc.sql(sql)
        .query((row, number) -> new Counted(row.getLong("count"), instant(row, "time")))
        .single();
  }

  private static Heartbeat heartbeat(ResultSet row) throws SQLException {
    return new Heartbeat(
        Objects.requireNonNullElse(row.getString("version"), ""),
        Objects.requireNonNullElse(row.getString("restart_reason"), ""),
        Objects.requireNonNull(instant(row, "started_at")),
        Objects.requireNonNull(instant(row, "last_heartbeat_at")),
        instant(row, "next_expected_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}

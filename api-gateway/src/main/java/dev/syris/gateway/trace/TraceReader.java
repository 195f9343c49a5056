package dev.syris.gateway.trace;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what there is of a trace, up to a bound for each kind. */
final class TraceReader {

  static final int MAX_ROWS = 2000;

  private static final String EVENTS =
      """
      select event_id, parent_event_id, ingested_at, channel, connector_id,
             case when body->'security'->>'sensitivity' = 'high' then null
                  else left(body->'content'->>'text', 80) end as text,
             body->'content'->'structured'->>'tool_call_id' as caused_by
        from api.event where trace_id = :trace order by ingested_at, event_id limit :rows
      """;

  private static final String DECISIONS =
      """
      select event_id, decided_at, execution_mode, body->>'intent' as intent
        from api.routing_decision where trace_id = :trace order by decided_at, event_id limit :rows
      """;

  private static final String CALLS =
      """
      select tool_call_id, event_id, step_id, tool, action, status, created_at, started_at, ended_at
        from api.tool_call where trace_id = :trace order by created_at, tool_call_id limit :rows
      """;

  private static final String TASKS =
      """
      select task_id, event_id, name, status, created_at, ended_at
        from api.task where trace_id = :trace order by created_at, task_id limit :rows
      """;

  private static final String STEPS =
      """
      select step_id, task_id, name, status, started_at, ended_at
        from api.task_step where trace_id = :trace order by task_id, position limit :rows
      """;

  private static final String APPROVALS =
      """
      select approval_id, tool_call_id, status, created_at, expires_at, decided_at, decided_by, channel
        from api.approval where trace_id = :trace order by created_at, approval_id limit :rows
      """;

  private static final String AUDITS =
      """
      select audit_id, type, outcome, body->>'summary' as summary, (body->>'timestamp')::timestamptz as said_at,
             recorded_at, event_id, body->'refs'->>'tool_call_id' as tool_call_id,
             body->'refs'->>'task_id' as task_id, body->'refs'->>'step_id' as step_id,
             (body->>'latency_ms')::bigint as latency_ms
        from api.audit_event where trace_id = :trace order by sequence limit :rows
      """;

  private final JdbcClient jdbc;

  TraceReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  TraceFacts read(UUID trace) {
    return new TraceFacts(
        trace,
        rows(EVENTS, trace, TraceReader::arrived),
        rows(DECISIONS, trace, TraceReader::decided),
        rows(CALLS, trace, TraceReader::called),
        rows(TASKS, trace, TraceReader::tasked),
        rows(STEPS, trace, TraceReader::stepped),
        rows(APPROVALS, trace, TraceReader::asked),
        rows(AUDITS, trace, TraceReader::audited));
  }

  private <T> List<T> rows(String sql, UUID trace, RowMapper<T> mapper) {
    return jdbc.sql(sql).param("trace", trace).param("rows", MAX_ROWS).query(mapper).list();
  }

  private static TraceFacts.Arrived arrived(ResultSet row, int number) throws SQLException {
    return new TraceFacts.Arrived(
        id(row, "event_id"),
        row.getObject("parent_event_id", UUID.class),
        time(row, "ingested_at"),
        text(row, "channel"),
        text(row, "connector_id"),
        row.getString("text"),
        uuid(row.getString("caused_by")));
  }

  private static TraceFacts.Decided decided(ResultSet row, int number) throws SQLException {
    return new TraceFacts.Decided(
        id(row, "event_id"),
        time(row, "decided_at"),
        text(row, "execution_mode"),
        row.getString("intent"));
  }

  private static TraceFacts.Called called(ResultSet row, int number) throws SQLException {
    return new TraceFacts.Called(
        id(row, "tool_call_id"),
        row.getObject("event_id", UUID.class),
        uuid(row.getString("step_id")),
        text(row, "tool"),
        text(row, "action"),
        text(row, "status"),
        time(row, "created_at"),
        timeOrNull(row, "started_at"),
        timeOrNull(row, "ended_at"));
  }

  private static TraceFacts.Tasked tasked(ResultSet row, int number) throws SQLException {
    return new TraceFacts.Tasked(
        id(row, "task_id"),
        row.getObject("event_id", UUID.class),
        text(row, "name"),
        text(row, "status"),
        time(row, "created_at"),
        timeOrNull(row, "ended_at"));
  }

  private static TraceFacts.Stepped stepped(ResultSet row, int number) throws SQLException {
    return new TraceFacts.Stepped(
        id(row, "step_id"),
        id(row, "task_id"),
        text(row, "name"),
        text(row, "status"),
        timeOrNull(row, "started_at"),
        timeOrNull(row, "ended_at"));
  }

  private static TraceFacts.Asked asked(ResultSet row, int number) throws SQLException {
    return new TraceFacts.Asked(
        id(row, "approval_id"),
        id(row, "tool_call_id"),
        text(row, "status"),
        time(row, "created_at"),
        time(row, "expires_at"),
        timeOrNull(row, "decided_at"),
        row.getString("decided_by"),
        row.getString("channel"));
  }

  private static TraceFacts.Audited audited(ResultSet row, int number) throws SQLException {
    return new TraceFacts.Audited(
        id(row, "audit_id"),
        text(row, "type"),
        text(row, "outcome"),
        text(row, "summary"),
        time(row, "said_at"),
        time(row, "recorded_at"),
        row.getObject("event_id", UUID.class),
        uuid(row.getString("tool_call_id")),
        uuid(row.getString("task_id")),
        uuid(row.getString("step_id")),
        row.getObject("latency_ms", Long.class));
  }

  private static UUID id(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getObject(column, UUID.class));
  }

  private static String text(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNullElse(row.getString(column), "");
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(timeOrNull(row, column));
  }

  private static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** What claims to be an id in somebody's content may be anything. */
  private static @Nullable UUID uuid(@Nullable String text) {
    try {
      return text == null ? null : UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}

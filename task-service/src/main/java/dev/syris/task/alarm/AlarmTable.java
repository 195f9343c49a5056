package dev.syris.task.alarm;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of alarms. */
final class AlarmTable {

  private static final String RAISE =
      """
      insert into task.alarm as alarm (
        alarm_id, type, severity, dedupe_key, summary, details, refs, trace_id, first_seen, last_seen)
      values (:id, :type, :severity, :key, :summary, :details::json, :refs::json, :trace, :now, :now)
      on conflict (dedupe_key) where status <> 'resolved' do update
         set count = alarm.count + 1,
             last_seen = greatest(alarm.last_seen, excluded.last_seen),
             summary = excluded.summary,
             details = (alarm.details::jsonb || excluded.details::jsonb)::json
      returning alarm_id = :id as fresh
      """;

  private static final String COLUMNS =
      "select alarm_id, type, status, dedupe_key, summary, trace_id from task.alarm";

  private static final String LOCK = COLUMNS + " where alarm_id = :id for update";

  private static final String LOCK_KEY =
      COLUMNS + " where dedupe_key = :key and status <> 'resolved' for update";

  private static final String UNRESOLVED =
      COLUMNS + " where type = :type and status <> 'resolved' order by first_seen";

  private static final String ACK =
      """
      update task.alarm set status = 'acked', acked_at = :now, acked_by_type = :type, acked_by_id = :by, ack_note = :note
       where alarm_id = :id
      """;

  private static final String RESOLVE =
      """
      update task.alarm
         set status = 'resolved', resolved_at = :now, resolved_by_type = :type, resolved_by_id = :by, resolve_note = :note
       where alarm_id = :id
      """;

  private static final String FORGET =
      """
      delete from task.alarm
       where alarm_id in (select alarm_id from task.alarm
                           where status = 'resolved' and resolved_at < :before
                           order by resolved_at, alarm_id limit :limit for update skip locked)
      """;

  private static final String SHOW = "select body from api.alarm where alarm_id = :id";

  private final JdbcClient jdbc;

  AlarmTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** True where there is a new one now; else the one there is has been counted up. */
  boolean raise(UUID id, Finding finding, TraceId trace, Instant now) {
    return jdbc.sql(RAISE)
        .param("id", id)
        .param("type", finding.type())
        .param("severity", finding.severity().wire())
        .param("key", finding.dedupeKey())
        .param("summary", finding.summary())
        .param("details", finding.details().toString())
        .param("refs", Json.mapper().writeValueAsString(finding.refs()))
        .param("trace", trace.value())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(Boolean.class)
        .single();
  }

  Optional<AlarmRow> lock(UUID id) {
    return jdbc.sql(LOCK).param("id", id).query(AlarmTable::alarm).optional();
  }

  Optional<AlarmRow> lockUnresolved(String key) {
    return jdbc.sql(LOCK_KEY).param("key", key).query(AlarmTable::alarm).optional();
  }

  List<AlarmRow> unresolved(String type) {
    return jdbc.sql(UNRESOLVED).param("type", type).query(AlarmTable::alarm).list();
  }

  void ack(UUID id, AuditActor by, @Nullable String note, Instant now) {
    write(ACK, id, by, note, now);
  }

  void resolve(UUID id, AuditActor by, @Nullable String note, Instant now) {
    write(RESOLVE, id, by, note, now);
  }

  private void write(String sql, UUID id, AuditActor by, @Nullable String note, Instant now) {
    jdbc.sql(sql)
        .param("id", id)
        .param("type", by.type())
        .param("by", by.id())
        .param("note", note)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** Deletes some that were resolved before a time, and says how many. */
  int forgetResolved(Instant before, int limit) {
    return jdbc.sql(FORGET)
        .param("before", before.atOffset(ZoneOffset.UTC))
        .param("limit", limit)
        .update();
  }

  /** As readers see it. */
  String show(UUID id) {
    return jdbc.sql(SHOW).param("id", id).query(String.class).single();
  }

  private static AlarmRow alarm(ResultSet row, int number) throws SQLException {
    return new AlarmRow(
        Objects.requireNonNull(row.getObject("alarm_id", UUID.class)),
        row.getString("type"),
        AlarmStatus.parse(row.getString("status")),
        row.getString("dedupe_key"),
        row.getString("summary"),
        new TraceId(Objects.requireNonNull(row.getObject("trace_id", UUID.class))));
  }
}

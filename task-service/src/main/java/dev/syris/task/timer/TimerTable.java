package dev.syris.task.timer;

import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TraceId;
import dev.syris.task.tool.Invocation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of timers. */
final class TimerTable {

  private static final String INSERT =
      """
      insert into task.timer (
        timer_id, tool_call_id, trace_id, parent_event_id, depth, label, seconds, set_at, due_at)
      values (:timer, :call, :trace, :event, :depth, :label, :seconds, :now, :due)
      """;

  private static final String NEXT =
      "select due_at from task.timer where fired_at is null order by due_at limit 1";

  private static final String FIRE =
      """
      update task.timer
         set fired_at = :now
       where timer_id in (select timer_id
                            from task.timer
                           where fired_at is null and due_at <= :now
                           order by due_at, timer_id
                           limit :limit
                             for update skip locked)
      returning *
      """;

  private final JdbcClient jdbc;

  TimerTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(
      UUID timerId, Invocation by, @Nullable String label, long seconds, Instant now, Instant due) {
    jdbc.sql(INSERT)
        .param("timer", timerId)
        .param("call", by.toolCallId().value())
        .param("trace", by.traceId().value())
        .param("event", by.eventId() == null ? null : by.eventId().value())
        .param("depth", by.depth())
        .param("label", label)
        .param("seconds", seconds)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("due", due.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** When the next one is due. */
  Optional<Instant> next() {
    return jdbc.sql(NEXT).query(OffsetDateTime.class).optional().map(OffsetDateTime::toInstant);
  }

  /** Marks due ones as fired, at most so many, and answers them. */
  List<DueTimer> fire(Instant now, int limit) {
    return jdbc.sql(FIRE)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("limit", limit)
        .query(TimerTable::due)
        .list();
  }

  private static DueTimer due(ResultSet row, int number) throws SQLException {
    UUID parent = row.getObject("parent_event_id", UUID.class);
    return new DueTimer(
        Objects.requireNonNull(row.getObject("timer_id", UUID.class)),
        new TraceId(Objects.requireNonNull(row.getObject("trace_id", UUID.class))),
        parent == null ? null : new EventId(parent),
        row.getInt("depth"),
        row.getString("label"),
        row.getLong("seconds"),
        Objects.requireNonNull(row.getObject("due_at", OffsetDateTime.class)).toInstant());
  }
}

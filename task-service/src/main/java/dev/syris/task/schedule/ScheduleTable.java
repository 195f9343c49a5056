package dev.syris.task.schedule;

import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.Json;
import dev.syris.platform.postgres.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/** The SQL of schedules. */
final class ScheduleTable {

  private static final String COLUMNS =
      """
      select schedule_id, kind, body, anchor_at, next_run_at, held_slot, last_trace_id,
             trace_id, parent_event_id, depth
        from task.schedule
      """;

  private static final String FIND = COLUMNS + " where schedule_id = :id";

  private static final String CLAIM_DUE =
      COLUMNS
          + """
             where next_run_at <= :now
             order by next_run_at, schedule_id
             limit :limit
               for update skip locked
            """;

  private static final String CLAIM_HELD =
      COLUMNS
          + """
             where held_slot is not null
             order by held_slot, schedule_id
             limit :limit
               for update skip locked
            """;

  private static final String NEXT =
      "select next_run_at from task.schedule where next_run_at is not null order by next_run_at limit 1";

  private static final String MOVE =
      """
      update task.schedule schedule
         set next_run_at = moved.next,
             held_slot = moved.held,
             ended_at = case when moved.next is null and moved.held is null then :now::timestamptz end,
             last_run_at = coalesce(moved.ran, schedule.last_run_at),
             last_trace_id = coalesce(moved.trace, schedule.last_trace_id),
             fired_count = schedule.fired_count + moved.fired,
             missed_count = schedule.missed_count + moved.missed,
             skipped_count = schedule.skipped_count + moved.skipped
        from unnest(:ids::text[], :nexts::timestamptz[], :helds::timestamptz[], :rans::timestamptz[],
                    :traces::uuid[], :fireds::bigint[], :misseds::bigint[], :skippeds::bigint[])
             as moved (id, next, held, ran, trace, fired, missed, skipped)
       where schedule.schedule_id = moved.id
      """;

  private static final String ARM =
      """
      update task.schedule
         set anchor_at = :anchor,
             next_run_at = :next::timestamptz,
             held_slot = case when :next::timestamptz is null then null else held_slot end,
             ended_at = case when :next::timestamptz is null then ended_at end
       where schedule_id = :id
      """;

  private static final String INSERT_CAUSED =
      """
      insert into task.schedule (
        schedule_id, kind, version, body, anchor_at, next_run_at, tool_call_id, trace_id, parent_event_id, depth,
        created_at, updated_at)
      values (:id, :kind, 1, :body::json, :now, :next, :call, :trace, :event, :depth, :now, :now)
      on conflict (schedule_id) do nothing
      """;

  private static final String FORGET =
      """
      delete from task.schedule
       where schedule_id in (select schedule_id from task.schedule
                              where kind <> 'schedule' and ended_at < :before
                              order by ended_at, schedule_id limit :limit for update skip locked)
      """;

  private static final String BUSY =
      """
      select exists (select from task.tool_call
                      where trace_id = :trace and status in ('received', 'waiting', 'started'))
          or exists (select from task.task
                      where trace_id = :trace and status in ('pending', 'running', 'paused', 'canceling'))
      """;

  private static final String COMING =
      """
      select schedule_id, kind, body ->> 'name' as name, next_run_at
        from task.schedule where next_run_at is not null
       order by next_run_at, schedule_id limit :limit
      """;

  private final JdbcClient jdbc;
  private final PlanReader reader;

  ScheduleTable(JdbcClient jdbc, PlanReader reader) {
    this.jdbc = jdbc;
    this.reader = reader;
  }

  Optional<Scheduled> find(String id) {
    return jdbc.sql(FIND).param("id", id).query(this::scheduled).optional();
  }

  /** Locks due ones that no other instance has locked, longest due first. */
  List<Scheduled> claimDue(Instant now, int limit) {
    return jdbc.sql(CLAIM_DUE)
        .param("now", utc(now))
        .param("limit", limit)
        .query(this::scheduled)
        .list();
  }

  /** Locks those with a slot that waits. */
  List<Scheduled> claimHeld(int limit) {
    return jdbc.sql(CLAIM_HELD).param("limit", limit).query(this::scheduled).list();
  }

  /** When the next one is due. */
  Optional<Instant> next() {
    return jdbc.sql(NEXT).query(OffsetDateTime.class).optional().map(OffsetDateTime::toInstant);
  }

  void move(List<Move> moves, Instant now) {
    jdbc.sql(MOVE)
        .param("now", utc(now))
        .param("ids", SqlArrays.column(moves, Move::id))
        .param("nexts", SqlArrays.column(moves, Move::next))
        .param("helds", SqlArrays.column(moves, Move::held))
        .param("rans", SqlArrays.column(moves, Move::ran))
        .param("traces", SqlArrays.column(moves, Move::trace))
        .param("fireds", SqlArrays.column(moves, Move::fired))
        .param("misseds", SqlArrays.column(moves, Move::missed))
        .param("skippeds", SqlArrays.column(moves, Move::skipped))
        .update();
  }

  /** Sets when one is due. */
  void arm(String id, Instant anchor, @Nullable Instant next) {
    jdbc.sql(ARM)
        .param("id", id)
        .param("anchor", utc(anchor))
        .param("next", utc(next), Types.TIMESTAMP_WITH_TIMEZONE)
        .update();
  }

  /** Adds one that a call asked for; a repeat adds nothing. */
  void insert(Scheduled schedule, ObjectNode body, ToolCallId call, Instant now) {
    Cause cause = Objects.requireNonNull(schedule.cause());
    jdbc.sql(INSERT_CAUSED)
        .param("id", schedule.id())
        .param("kind", schedule.kind().name().toLowerCase(Locale.ROOT))
        .param("body", body.toString())
        .param("next", utc(schedule.next()))
        .param("call", call.value())
        .param("trace", cause.trace().value())
        .param("event", cause.event() == null ? null : cause.event().value())
        .param("depth", cause.depth())
        .param("now", utc(now))
        .update();
  }

  /** Deletes some timers and alarm clocks that were over before a time, and says how many. */
  int forgetEnded(Instant before, int limit) {
    return jdbc.sql(FORGET).param("before", utc(before)).param("limit", limit).update();
  }

  /** Whether calls or tasks of a trace are not over. */
  boolean busy(TraceId trace) {
    return jdbc.sql(BUSY).param("trace", trace.value()).query(Boolean.class).single();
  }

  List<Schedules.Coming> coming(int limit) {
    return jdbc.sql(COMING)
        .param("limit", limit)
        .query(
            (row, _) ->
                new Schedules.Coming(
                    row.getString("schedule_id"),
                    row.getString("kind"),
                    row.getString("name"),
                    Objects.requireNonNull(time(row, "next_run_at"))))
        .list();
  }

  private Scheduled scheduled(ResultSet row, int number) throws SQLException {
    var body = (ObjectNode) Json.mapper().readTree(row.getString("body"));
    UUID lastTrace = row.getObject("last_trace_id", UUID.class);
    return new Scheduled(
        row.getString("schedule_id"),
        Scheduled.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        reader.kept(body),
        Objects.requireNonNull(time(row, "anchor_at")),
        time(row, "next_run_at"),
        time(row, "held_slot"),
        lastTrace == null ? null : new TraceId(lastTrace),
        cause(row));
  }

  private static @Nullable Cause cause(ResultSet row) throws SQLException {
    UUID trace = row.getObject("trace_id", UUID.class);
    UUID event = row.getObject("parent_event_id", UUID.class);
    return trace == null
        ? null
        : new Cause(
            new TraceId(trace), event == null ? null : new EventId(event), row.getInt("depth"));
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }
}

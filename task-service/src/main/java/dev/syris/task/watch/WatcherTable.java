package dev.syris.task.watch;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.platform.postgres.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/** The SQL of watchers. */
final class WatcherTable {

  private static final String REGISTER =
      """
      insert into task.watcher (watcher_id, type, interval_seconds, enabled_at, next_tick_at)
      values (:id, :type, :seconds, :now, :now)
      on conflict (watcher_id) do update
         set type = excluded.type,
             interval_seconds = excluded.interval_seconds,
             next_tick_at = least(task.watcher.next_tick_at, :now + make_interval(secs => :seconds)),
             configured = true
      """;

  private static final String FORGET =
      "update task.watcher set configured = false where configured and watcher_id <> all(:ids)";

  private static final String CLAIM =
      """
      update task.watcher
         set claim = claim + 1,
             claimed_until = :now + make_interval(secs => :patience)
       where watcher_id in (select watcher_id
                              from task.watcher
                             where watcher_id = :id and enabled
                               and (next_tick_at <= :now
                                    or next_tick_at > :now + 2 * make_interval(
                                         secs => case when consecutive_errors = 0 then :interval else :longest end))
                               and (claimed_until is null or claimed_until <= :now
                                    or claimed_until > :now + 2 * make_interval(secs => :patience))
                               for update skip locked)
      returning watcher_id, claim, enabled_at, consecutive_errors, last_event_at, state
      """;

  private static final String NEXT =
      """
      select min(greatest(next_tick_at, coalesce(claimed_until, next_tick_at)))
        from task.watcher where enabled and watcher_id = any(:ids)
      """;

  private static final String SETTLE =
      """
      update task.watcher
         set claimed_until = null,
             next_tick_at = :next,
             last_tick_at = :now,
             last_outcome = :outcome,
             last_summary = :summary,
             last_error = null,
             consecutive_errors = 0,
             suppression_count = suppression_count + :suppressed,
             last_event_at = coalesce(:event::timestamptz, last_event_at),
             state = :state::json
       where watcher_id = :id and claim = :claim
      """;

  private static final String FAIL =
      """
      update task.watcher
         set claimed_until = null,
             next_tick_at = :next,
             last_tick_at = :now,
             last_outcome = 'error',
             last_summary = :summary,
             last_error = :error::json,
             consecutive_errors = consecutive_errors + 1
       where watcher_id = :id and claim = :claim
      """;

  private static final String SWITCH =
      """
      update task.watcher
         set enabled = :enabled,
             version = version + 1,
             enabled_at = case when :enabled and not enabled then :now else enabled_at end,
             next_tick_at = case when :enabled and not enabled then :now else next_tick_at end,
             claim = claim + 1,
             claimed_until = null
       where watcher_id = :id
      """;

  private static final String LOCK =
      "select version from task.watcher where watcher_id = :id and configured for update";

  private static final String SHOW = "select body from api.watcher where watcher_id = :id";

  private final JdbcClient jdbc;

  WatcherTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void register(Watcher watcher, Instant now) {
    jdbc.sql(REGISTER)
        .param("id", watcher.id())
        .param("type", watcher.type())
        .param("seconds", Math.max(1, watcher.interval().toSeconds()))
        .param("now", utc(now))
        .update();
  }

  /** Those that are configured no more stay, and are not shown. */
  void keepOnly(Collection<String> ids) {
    jdbc.sql(FORGET).param("ids", SqlArrays.column(List.copyOf(ids))).update();
  }

  /**
   * Begins a turn, where it is due and nobody else has it. One that is due much later than it can
   * have been put off is due now: the clock has been set back. The clocks of two hosts are a little
   * apart, which is no such thing.
   *
   * @param longest how far errors may put it off
   */
  Optional<WatcherRow> claim(Watcher watcher, Instant now, Duration patience, Duration longest) {
    return jdbc.sql(CLAIM)
        .param("id", watcher.id())
        .param("now", utc(now))
        .param("patience", seconds(patience))
        .param("interval", seconds(watcher.interval()))
        .param("longest", seconds(longest))
        .query(WatcherTable::row)
        .optional();
  }

  /** When the next turn is; empty where there is none. */
  Optional<Instant> next(Collection<String> ids) {
    OffsetDateTime next =
        jdbc.sql(NEXT)
            .param("ids", SqlArrays.column(List.copyOf(ids)))
            .query((row, _) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
            .single()
            .orElse(null);
    return Optional.ofNullable(next).map(OffsetDateTime::toInstant);
  }

  /**
   * Ends a turn.
   *
   * @param suppressed how many events were not sent
   * @param event when one was; null where none was
   * @return false where another turn has begun, or it was switched, since
   */
  boolean settle(
      WatcherRow row,
      Tick tick,
      Instant now,
      Instant next,
      long suppressed,
      @Nullable Instant event) {
    return jdbc.sql(SETTLE)
            .param("id", row.id())
            .param("claim", row.claim())
            .param("now", utc(now))
            .param("next", utc(next))
            .param("outcome", tick.outcome())
            .param("summary", tick.summary())
            .param("suppressed", suppressed)
            .param("event", event == null ? null : utc(event))
            .param("state", tick.state().toString())
            .update()
        == 1;
  }

  /** Ends a turn at which nothing could be seen. */
  boolean fail(WatcherRow row, ErrorDetail error, Instant now, Instant next) {
    return jdbc.sql(FAIL)
            .param("id", row.id())
            .param("claim", row.claim())
            .param("now", utc(now))
            .param("next", utc(next))
            .param("summary", error.message())
            .param("error", Json.mapper().writeValueAsString(error))
            .update()
        == 1;
  }

  /** The version of one that is to be switched; empty where there is none. */
  Optional<Long> lock(String id) {
    return jdbc.sql(LOCK).param("id", id).query(Long.class).optional();
  }

  void enable(String id, boolean enabled, Instant now) {
    jdbc.sql(SWITCH).param("id", id).param("enabled", enabled).param("now", utc(now)).update();
  }

  /** As readers see it. */
  Optional<String> show(String id) {
    return jdbc.sql(SHOW).param("id", id).query(String.class).optional();
  }

  private static WatcherRow row(ResultSet row, int number) throws SQLException {
    OffsetDateTime event = row.getObject("last_event_at", OffsetDateTime.class);
    return new WatcherRow(
        row.getString("watcher_id"),
        row.getLong("claim"),
        Objects.requireNonNull(row.getObject("enabled_at", OffsetDateTime.class)).toInstant(),
        row.getLong("consecutive_errors"),
        event == null ? null : event.toInstant(),
        (ObjectNode) Json.mapper().readTree(row.getString("state")));
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}

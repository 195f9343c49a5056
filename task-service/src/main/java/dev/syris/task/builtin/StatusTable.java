package dev.syris.task.builtin;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the status tool reads. */
final class StatusTable {

  private static final String CALLS =
      "select status, count(*) as calls from task.tool_call group by status";
  private static final String TIMERS =
      "select count as pending, next_due_at as next from api.timer_pending";
  private static final String OUTBOX = "select count(*) from task.outbox";

  private final JdbcClient jdbc;

  StatusTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Timers that have not fired. */
  record Timers(long pending, @Nullable Instant nextDueAt) {}

  Map<String, Long> callsByStatus() {
    var calls = new TreeMap<String, Long>();
    jdbc.sql(CALLS)
        .query(
            row -> {
              calls.put(row.getString("status"), row.getLong("calls"));
            });
    return calls;
  }

  Timers timers() {
    return jdbc.sql(TIMERS)
        .query(
            (row, _) -> {
              OffsetDateTime next = row.getObject("next", OffsetDateTime.class);
              return new Timers(row.getLong("pending"), next == null ? null : next.toInstant());
            })
        .single();
  }

  long outboxDepth() {
    return jdbc.sql(OUTBOX).query(Long.class).single();
  }
}

package dev.syris.gateway.ledger.records;

import dev.syris.gateway.ledger.chain.ChainRow;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps one row per trace up to date. */
public final class TraceTable {

  private static final String UPSERT =
      """
      insert into ledger.trace as kept (trace_id, started_at, last_at, audits, failures, first_sequence, last_sequence,
             event_id, channel, connector_id, last_type, last_outcome)
      select * from unnest(cast(:trace_ids as uuid[]), cast(:started as timestamptz[]), cast(:last as timestamptz[]),
             cast(:audits as bigint[]), cast(:failures as bigint[]), cast(:first_sequences as bigint[]),
             cast(:last_sequences as bigint[]), cast(:event_ids as uuid[]), cast(:channels as text[]),
             cast(:connector_ids as text[]), cast(:types as text[]), cast(:outcomes as text[]))
      on conflict (trace_id) do update
         set started_at = least(kept.started_at, excluded.started_at),
             last_at = greatest(kept.last_at, excluded.last_at),
             audits = kept.audits + excluded.audits,
             failures = kept.failures + excluded.failures,
             first_sequence = coalesce(kept.first_sequence, excluded.first_sequence),
             last_sequence = coalesce(excluded.last_sequence, kept.last_sequence),
             event_id = coalesce(kept.event_id, excluded.event_id),
             channel = coalesce(kept.channel, excluded.channel),
             connector_id = coalesce(kept.connector_id, excluded.connector_id),
             last_type = coalesce(excluded.last_type, kept.last_type),
             last_outcome = coalesce(excluded.last_outcome, kept.last_outcome)
      """;

  private final JdbcClient jdbc;

  public TraceTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds rows that were written in this transaction. */
  public void add(List<ChainRow> rows, List<EventRow> events) {
    Collection<TraceChange> changes = TraceChange.of(rows, events);
    if (changes.isEmpty()) {
      return;
    }
    jdbc.sql(UPSERT)
        .param("trace_ids", texts(changes, change -> change.traceId))
        .param("started", texts(changes, change -> change.startedAt))
        .param("last", texts(changes, change -> change.lastAt))
        .param("audits", texts(changes, change -> change.audits))
        .param("failures", texts(changes, change -> change.failures))
        .param("first_sequences", texts(changes, change -> change.firstSequence))
        .param(
            "last_sequences",
            texts(changes, change -> change.last == null ? null : change.last.sequence()))
        .param(
            "event_ids",
            texts(changes, change -> change.event == null ? null : change.event.eventId()))
        .param(
            "channels",
            texts(changes, change -> change.event == null ? null : change.event.channel()))
        .param(
            "connector_ids",
            texts(changes, change -> change.event == null ? null : change.event.connectorId()))
        .param(
            "types",
            texts(changes, change -> change.last == null ? null : change.last.columns().type()))
        .param(
            "outcomes",
            texts(changes, change -> change.last == null ? null : change.last.columns().outcome()))
        .update();
  }

  private static @Nullable String[] texts(
      Collection<TraceChange> changes, Function<TraceChange, @Nullable Object> column) {
    return changes.stream()
        .map(column)
        .map(value -> value == null ? null : value.toString())
        .toArray(String[]::new);
  }
}

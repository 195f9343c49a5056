package dev.syris.gateway.ledger.records;

import dev.syris.gateway.ledger.chain.ChainRow;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What some new rows add to their trace. Not thread-safe. */
final class TraceChange {

  final UUID traceId;
  Instant startedAt = Instant.MAX;
  Instant lastAt = Instant.MIN;
  long audits;
  long failures;
  @Nullable Long firstSequence;
  @Nullable ChainRow last;
  @Nullable EventRow event;

  private TraceChange(UUID traceId) {
    this.traceId = traceId;
  }

  /** One change per trace. */
  static Collection<TraceChange> of(List<ChainRow> rows, List<EventRow> events) {
    Map<UUID, TraceChange> changes = new LinkedHashMap<>();
    events.forEach(event -> changes.computeIfAbsent(event.traceId(), TraceChange::new).add(event));
    rows.forEach(
        row -> changes.computeIfAbsent(row.columns().traceId(), TraceChange::new).add(row));
    return changes.values();
  }

  private void add(EventRow added) {
    seen(added.ingestedAt());
    if (event == null) {
      event = added;
    }
  }

  private void add(ChainRow added) {
    seen(added.recordedAt());
    audits++;
    failures += added.columns().outcome().equals("failure") ? 1 : 0;
    if (firstSequence == null) {
      firstSequence = added.sequence();
    }
    last = added;
  }

  private void seen(Instant at) {
    startedAt = at.isBefore(startedAt) ? at : startedAt;
    lastAt = at.isAfter(lastAt) ? at : lastAt;
  }
}

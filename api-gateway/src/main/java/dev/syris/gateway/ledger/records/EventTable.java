package dev.syris.gateway.ledger.records;

import dev.syris.gateway.ledger.bulk.BinaryCopy;
import dev.syris.gateway.ledger.bulk.BulkInsert;
import dev.syris.gateway.ledger.bulk.KnownIds;
import java.util.HashSet;
import java.util.List;

/** Keeps each event once. */
public final class EventTable {

  private static final String TARGET =
      "ledger.event (event_id, trace_id, parent_event_id, ingested_at, channel, connector_id, partition, \"offset\", body)";

  private final BulkInsert bulk;
  private final KnownIds known;

  public EventTable(BulkInsert bulk, KnownIds known) {
    this.bulk = bulk;
    this.known = known;
  }

  public List<EventRow> unknown(List<EventRow> events) {
    var all =
        new HashSet<>(
            known.in("ledger.event", "event_id", events.stream().map(EventRow::eventId).toList()));
    return events.stream().filter(event -> all.add(event.eventId())).toList();
  }

  public void insert(List<EventRow> events) {
    var copy = new BinaryCopy();
    for (EventRow event : events) {
      copy.row(9)
          .uuid(event.eventId())
          .uuid(event.traceId())
          .uuid(event.parentEventId())
          .timestamptz(event.ingestedAt())
          .text(event.channel())
          .text(event.connectorId())
          .integer(event.partition())
          .bigint(event.offset())
          .bytes(event.body());
    }
    bulk.insert(TARGET, copy);
  }
}

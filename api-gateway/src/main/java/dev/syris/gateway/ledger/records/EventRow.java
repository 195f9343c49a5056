package dev.syris.gateway.ledger.records;

import dev.syris.gateway.ledger.reading.JsonLeaves;
import dev.syris.gateway.ledger.reading.Leaves;
import dev.syris.gateway.ledger.reading.MalformedRecordException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One canonical event, what it can be asked by, and where it lies on its topic: of events accepted
 * in the same millisecond, that is their order.
 */
public record EventRow(
    UUID eventId,
    UUID traceId,
    @Nullable UUID parentEventId,
    Instant ingestedAt,
    String channel,
    String connectorId,
    int partition,
    long offset,
    byte[] body) {

  private static final JsonLeaves LEAVES =
      new JsonLeaves(
          List.of(
              "event_id",
              "ingested_at",
              "source.channel",
              "source.connector_id",
              "correlation.trace_id",
              "correlation.parent_event_id"));

  /** Reads the event that lies there. */
  public static EventRow read(byte[] json, int partition, long offset)
      throws MalformedRecordException {
    Leaves leaves = LEAVES.in(json);
    return new EventRow(
        leaves.uuid("event_id"),
        leaves.uuid("correlation.trace_id"),
        leaves.uuidOrNull("correlation.parent_event_id"),
        leaves.time("ingested_at"),
        leaves.text("source.channel"),
        leaves.text("source.connector_id"),
        partition,
        offset,
        json);
  }
}

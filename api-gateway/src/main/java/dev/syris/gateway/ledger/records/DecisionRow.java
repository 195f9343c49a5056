package dev.syris.gateway.ledger.records;

import dev.syris.gateway.ledger.reading.JsonLeaves;
import dev.syris.gateway.ledger.reading.Leaves;
import dev.syris.gateway.ledger.reading.MalformedRecordException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** One routing decision and what it can be asked by. */
public record DecisionRow(
    UUID eventId, UUID traceId, Instant decidedAt, String executionMode, byte[] body) {

  private static final JsonLeaves LEAVES =
      new JsonLeaves(List.of("event_id", "trace_id", "decided_at", "execution_mode"));

  public static DecisionRow read(byte[] json) throws MalformedRecordException {
    Leaves leaves = LEAVES.in(json);
    return new DecisionRow(
        leaves.uuid("event_id"),
        leaves.uuid("trace_id"),
        leaves.time("decided_at"),
        leaves.text("execution_mode"),
        json);
  }
}

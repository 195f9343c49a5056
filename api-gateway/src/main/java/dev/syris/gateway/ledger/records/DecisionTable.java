package dev.syris.gateway.ledger.records;

import dev.syris.gateway.ledger.bulk.BinaryCopy;
import dev.syris.gateway.ledger.bulk.BulkInsert;
import dev.syris.gateway.ledger.bulk.KnownIds;
import java.util.HashSet;
import java.util.List;

/** Keeps each decision once. */
public final class DecisionTable {

  private static final String TARGET =
      "ledger.routing_decision (event_id, trace_id, decided_at, execution_mode, body)";

  private final BulkInsert bulk;
  private final KnownIds known;

  public DecisionTable(BulkInsert bulk, KnownIds known) {
    this.bulk = bulk;
    this.known = known;
  }

  public List<DecisionRow> unknown(List<DecisionRow> decisions) {
    var ids = decisions.stream().map(DecisionRow::eventId).toList();
    var all = new HashSet<>(known.in("ledger.routing_decision", "event_id", ids));
    return decisions.stream().filter(decision -> all.add(decision.eventId())).toList();
  }

  public void insert(List<DecisionRow> decisions) {
    var copy = new BinaryCopy();
    for (DecisionRow decision : decisions) {
      copy.row(5)
          .uuid(decision.eventId())
          .uuid(decision.traceId())
          .timestamptz(decision.decidedAt())
          .text(decision.executionMode())
          .bytes(decision.body());
    }
    bulk.insert(TARGET, copy);
  }
}

package dev.syris.gateway.ledger.chain;

import dev.syris.gateway.ledger.bulk.BinaryCopy;
import dev.syris.gateway.ledger.bulk.BulkInsert;
import dev.syris.gateway.ledger.bulk.KnownIds;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Adds rows to the trail. Only for a caller that holds the head. */
public final class AuditTable {

  private static final String ROWS =
      """
      ledger.audit_event (sequence, recorded_at, audit_id, trace_id, event_id, stage, type, outcome, tool,
        connector_id, task_id, hash, body)
      """;
  private static final String KEYS = "ledger.audit_key (audit_id, sequence)";

  private final BulkInsert bulk;
  private final KnownIds known;

  public AuditTable(BulkInsert bulk, KnownIds known) {
    this.bulk = bulk;
    this.known = known;
  }

  /**
   * What was said for the first time: a relay may repeat itself, and a topic may be read again
   * after a gap.
   */
  public List<AuditRecord> unknown(List<AuditRecord> records) {
    Set<UUID> seen =
        known.in(
            "ledger.audit_key",
            "audit_id",
            records.stream().map(r -> r.columns().auditId()).toList());
    var all = new HashSet<>(seen);
    return records.stream().filter(audit -> all.add(audit.columns().auditId())).toList();
  }

  public void insert(List<ChainRow> rows) {
    var copy = new BinaryCopy();
    var keys = new BinaryCopy();
    for (ChainRow row : rows) {
      AuditColumns columns = row.columns();
      copy.row(13)
          .bigint(row.sequence())
          .timestamptz(row.recordedAt())
          .uuid(columns.auditId())
          .uuid(columns.traceId())
          .uuid(columns.eventId())
          .text(columns.stage())
          .text(columns.type())
          .text(columns.outcome())
          .text(columns.tool())
          .text(columns.connectorId())
          .text(columns.taskId())
          .bytes(row.hash().bytes())
          .bytes(row.body());
      keys.row(2).uuid(columns.auditId()).bigint(row.sequence());
    }
    bulk.insert(ROWS, copy);
    bulk.insert(KEYS, keys);
  }
}

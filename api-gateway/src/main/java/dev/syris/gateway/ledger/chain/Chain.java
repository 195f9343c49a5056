package dev.syris.gateway.ledger.chain;

import java.util.ArrayList;
import java.util.List;

/** How rows are added. Pure. */
public final class Chain {

  private Chain() {}

  /** Rows that follow a head, and the head they make. */
  public record Appended(List<ChainRow> rows, ChainHead head) {}

  public static Appended append(ChainHead head, List<AuditRecord> records) {
    var rows = new ArrayList<ChainRow>(records.size());
    long sequence = head.sequence();
    ChainHash hash = head.hash();
    for (AuditRecord audit : records) {
      sequence++;
      byte[] body = audit.body(sequence);
      hash = hash.next(body);
      rows.add(new ChainRow(sequence, audit.recordedAt(), audit.columns(), body, hash));
    }
    return new Appended(rows, new ChainHead(sequence, hash));
  }
}

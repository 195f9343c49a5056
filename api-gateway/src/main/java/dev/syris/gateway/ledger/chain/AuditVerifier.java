package dev.syris.gateway.ledger.chain;

import static java.util.Objects.requireNonNull;

import dev.syris.gateway.ledger.bulk.BinaryRow;
import dev.syris.gateway.ledger.bulk.BulkRead;
import dev.syris.gateway.ledger.chain.Verification.Invalid;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks at every row of the trail in one consistent snapshot while it grows. Reads as a stream:
 * memory does not depend on the length of the trail. Thread-safe; one run at a time, others wait.
 */
public final class AuditVerifier {

  private static final String ROWS =
      """
      select sequence, recorded_at, audit_id, trace_id, event_id, stage, type, outcome, tool, connector_id, task_id,
             hash, body
        from ledger.audit_event
       where sequence > %d
       order by sequence
       limit %d
      """;

  /** Rows of one question: what is read in vain at most where something is wrong. */
  private static final int CHUNK = 20_000;

  private final BulkRead rows;
  private final ChainTable chain;
  private final TransactionTemplate snapshot;
  private final Semaphore turn = new Semaphore(1);

  public AuditVerifier(DataSource ledger) {
    this.rows = new BulkRead(new JdbcTemplate(ledger));
    this.chain = new ChainTable(JdbcClient.create(ledger));
    this.snapshot = new TransactionTemplate(new JdbcTransactionManager(ledger));
    this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    this.snapshot.setReadOnly(true);
  }

  /** Takes some 10 µs a row. */
  public Verification verify() {
    turn.acquireUninterruptibly();
    try {
      return requireNonNull(snapshot.execute(this::walk));
    } finally {
      turn.release();
    }
  }

  private Verification walk(TransactionStatus status) {
    status.setRollbackOnly();
    ChainHead head = chain.head();
    var walk = new Walk(new ChainCheck(head, chain.seals()));
    int found = CHUNK;
    while (walk.invalid == null && found == CHUNK) {
      found = rows.each(ROWS.formatted(walk.sequence, CHUNK), walk::look);
    }
    return walk.end(head);
  }

  /** How far one run has come. */
  private static final class Walk {
    private final ChainCheck check;
    private long sequence;
    private @Nullable Invalid invalid;

    Walk(ChainCheck check) {
      this.check = check;
      this.invalid = check.begin();
    }

    void look(BinaryRow row) {
      sequence = row.bigint();
      if (invalid != null) {
        return;
      }
      try {
        invalid = check.accept(read(sequence, row));
      } catch (RuntimeException _) {
        invalid = new Invalid(sequence, "the row has values the ledger never writes");
      }
    }

    Verification end(ChainHead head) {
      Invalid first = invalid == null ? check.end() : invalid;
      return new Verification(first == null, check.rows(), head, first);
    }
  }

  private static ChainRow read(long sequence, BinaryRow row) {
    Instant recordedAt = row.timestamptz();
    var columns =
        new AuditColumns(
            requireNonNull(row.uuid()),
            requireNonNull(row.uuid()),
            row.uuid(),
            requireNonNull(row.text()),
            requireNonNull(row.text()),
            requireNonNull(row.text()),
            row.text(),
            row.text(),
            row.text());
    ChainHash hash = ChainHash.of(requireNonNull(row.bytes()));
    return new ChainRow(sequence, recordedAt, columns, requireNonNull(row.bytes()), hash);
  }
}

package dev.syris.gateway.ledger.chain;

import dev.syris.gateway.ledger.chain.Verification.Invalid;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks at every row of the trail in one consistent snapshot while it grows. Reads as a stream: memory does not depend
 * on the length of the trail. Thread-safe; one run at a time, others wait.
 */
public final class AuditVerifier {

  private static final int FETCH = 2_000;

  private static final String ROWS =
      """
      select sequence, recorded_at, audit_id, trace_id, event_id, stage, type, outcome, tool, connector_id, task_id,
             hash, body::text as body
        from ledger.audit_event
       order by sequence
      """;

  private final JdbcTemplate template;
  private final ChainTable chain;
  private final TransactionTemplate snapshot;
  private final Semaphore turn = new Semaphore(1);

  public AuditVerifier(DataSource ledger) {
    this.template = new JdbcTemplate(ledger);
    this.template.setFetchSize(FETCH);
    this.chain = new ChainTable(JdbcClient.create(ledger));
    this.snapshot = new TransactionTemplate(new JdbcTransactionManager(ledger));
    this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    this.snapshot.setReadOnly(true);
  }

  /** Takes about 10 µs a row. */
  public Verification verify() {
    turn.acquireUninterruptibly();
    try {
      return Objects.requireNonNull(snapshot.execute(_ -> walk()));
    } finally {
      turn.release();
    }
  }

  private Verification walk() {
    ChainHead head = chain.head();
    var check = new ChainCheck(head, chain.seals());
    @Nullable Invalid invalid = check.begin();
    if (invalid == null) {
      Optional<Invalid> found = template.query(ROWS, (ResultSet rows) -> firstInvalid(rows, check));
      invalid = Objects.requireNonNull(found).orElse(null);
    }
    return new Verification(invalid == null, check.rows(), head, invalid);
  }

  private static Optional<Invalid> firstInvalid(ResultSet rows, ChainCheck check) throws SQLException {
    while (rows.next()) {
      Invalid invalid = look(rows, check);
      if (invalid != null) {
        return Optional.of(invalid);
      }
    }
    return Optional.ofNullable(check.end());
  }

  private static @Nullable Invalid look(ResultSet rows, ChainCheck check) throws SQLException {
    try {
      return check.accept(row(rows));
    } catch (IllegalArgumentException | NullPointerException e) {
      return new Invalid(rows.getLong("sequence"), "the row has values the ledger never writes");
    }
  }

  private static ChainRow row(ResultSet row) throws SQLException {
    return new ChainRow(
        row.getLong("sequence"),
        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
        new AuditColumns(
            row.getObject("audit_id", UUID.class),
            row.getObject("trace_id", UUID.class),
            row.getObject("event_id", UUID.class),
            row.getString("stage"),
            row.getString("type"),
            row.getString("outcome"),
            row.getString("tool"),
            row.getString("connector_id"),
            row.getString("task_id")),
        row.getString("body").getBytes(StandardCharsets.UTF_8),
        ChainHash.of(row.getBytes("hash")));
  }
}

package dev.syris.platform.outbox;

import dev.syris.platform.postgres.AfterCommit;
import dev.syris.platform.time.Signal;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where a transaction leaves what it has to say. The records go out if and only if the transaction
 * commits; at least once, so their ids must be stable. Thread-safe.
 */
public final class Outbox {

  private final JdbcClient jdbc;
  private final String insert;
  private final Signal signal;

  public Outbox(JdbcClient jdbc, String schema, Signal signal) {
    this.jdbc = jdbc;
    this.insert =
        "insert into %s.outbox (packed, bytes) values (:packed, :bytes)".formatted(schema);
    this.signal = signal;
  }

  /**
   * Adds one row to the caller's transaction and wakes the relay when it has committed.
   *
   * @throws IllegalStateException outside a transaction, where state and words could part
   * @throws IllegalArgumentException where a record is over {@link OutboxRecord#MAX_BYTES}: the
   *     broker would refuse it for ever, and all that is behind it would wait
   */
  public void append(List<OutboxRecord> records) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("the outbox belongs to a transaction, and there is none");
    }
    records.forEach(Outbox::check);
    if (records.isEmpty()) {
      return;
    }
    jdbc.sql(insert)
        .param("packed", PackedRecords.pack(records))
        .param("bytes", records.stream().mapToInt(OutboxRecord::size).sum())
        .update();
    AfterCommit.register(signal::raise);
  }

  private static void check(OutboxRecord words) {
    int size = words.size();
    if (size > OutboxRecord.MAX_BYTES) {
      throw new IllegalArgumentException(
          "a record of %d bytes for %s; at most %d fit into a message"
              .formatted(size, words.topic(), OutboxRecord.MAX_BYTES));
    }
  }
}

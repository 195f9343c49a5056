package dev.syris.task.status;

import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.outbox.OutboxRecord;
import dev.syris.task.rule.SettingWords;
import dev.syris.task.status.SystemStatusTable.Told;
import java.time.InstantSource;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps how the system fares in step with the alarms, and tells the pipeline of each change in the
 * transaction that makes it. Alarms know nothing of this: whoever raises one does not wait for
 * those who raise another. Thread-safe.
 */
public final class SystemStatusBook {

  private final SystemStatusTable table;
  private final TransactionTemplate transaction;
  private final Outbox outbox;
  private final InstantSource clock;

  public SystemStatusBook(
      JdbcClient jdbc, TransactionTemplate transaction, Outbox outbox, InstantSource clock) {
    this.table = new SystemStatusTable(jdbc);
    this.transaction = transaction;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Tells what the alarms have come to, where that is new. */
  void follow() {
    if (table.differs()) {
      transaction.executeWithoutResult(
          _ ->
              table.follow(clock.instant()).ifPresent(told -> outbox.append(List.of(words(told)))));
    }
  }

  /**
   * It as the pipeline is told of it once more; nobody tells anything else before the caller's
   * transaction ends.
   */
  public OutboxRecord retell() {
    return words(table.share());
  }

  private static OutboxRecord words(Told told) {
    return SettingWords.systemStatus(told.status(), told.version());
  }
}

package dev.syris.task.leak;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.outbox.OutboxRecord;
import dev.syris.platform.secret.SecretName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Says what was found; what can't be said while the database is away is kept. Thread-safe. */
final class LeakAlarms {

  private static final Logger LOG = LoggerFactory.getLogger(LeakAlarms.class);
  private static final int MOST_WAITING = 10_000;

  private final Outbox outbox;
  private final TransactionTemplate transaction;
  private final Consumer<AuditEvent> tell;
  private final LinkedBlockingQueue<AuditEvent> waiting = new LinkedBlockingQueue<>(MOST_WAITING);

  /**
   * @param tell who else is told of each, in the transaction that says it
   */
  LeakAlarms(Outbox outbox, TransactionTemplate transaction, Consumer<AuditEvent> tell) {
    this.tell = tell;
    this.outbox = outbox;
    this.transaction = transaction;
  }

  static List<AuditEvent> of(Set<SecretName> secrets, Place place) {
    return secrets.stream().map(secret -> LeakAudits.of(secret, place)).toList();
  }

  /** In the caller's transaction, or one of its own. */
  void raise(List<AuditEvent> alarms) {
    alarms.forEach(alarm -> LOG.error("{}", alarm.summary()));
    write(alarms);
  }

  /** Now or, where that fails, as soon as it can be; never throws. */
  void raiseOrKeep(List<AuditEvent> alarms) {
    try {
      raise(alarms);
    } catch (RuntimeException e) {
      LOG.warn("alarms of secrets in clear wait: {}", e.getMessage());
      for (AuditEvent alarm : alarms) {
        if (!waiting.offer(alarm)) {
          LOG.error("too many alarms wait, one is lost: {}", alarm.summary());
        }
      }
    }
  }

  /** Raises what waits. */
  void flush() {
    var alarms = new ArrayList<AuditEvent>();
    waiting.drainTo(alarms);
    try {
      write(alarms);
    } catch (RuntimeException e) {
      alarms.forEach(waiting::offer);
      throw e;
    }
  }

  private void write(List<AuditEvent> alarms) {
    if (!alarms.isEmpty()) {
      transaction.executeWithoutResult(
          _ -> {
            outbox.append(alarms.stream().map(OutboxRecord::audit).toList());
            alarms.forEach(tell);
          });
    }
  }
}

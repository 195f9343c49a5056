package dev.syris.task.policy;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.IdSource;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.outbox.OutboxRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Says aloud what became of a change of the policy: in the log and in the trail. Thread-safe. */
final class PolicyWatch implements PolicyKeeper.Told {

  private static final Logger LOG = LoggerFactory.getLogger(PolicyWatch.class);

  private final TransactionTemplate transaction;
  private final Outbox outbox;
  private final IdSource ids;
  private final InstantSource clock;
  private final PolicyAlarm alarm;

  /**
   * @param alarm who else is told of a file that can't be read, in the transaction that says it
   */
  PolicyWatch(
      TransactionTemplate transaction,
      Outbox outbox,
      IdSource ids,
      InstantSource clock,
      PolicyAlarm alarm) {
    this.alarm = alarm;
    this.transaction = transaction;
    this.outbox = outbox;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public void loaded(String before, String now) {
    LOG.info("the policy is {} now; it was {}", now, before);
    say(
        PolicyAudits.loaded(before, now, new AuditId(ids.next()), ids.nextTraceId(), now()),
        _ -> {});
  }

  @Override
  public void broken(Path file, List<PolicyProblem> problems, String kept) {
    LOG.error(
        "{} can't be read, so the policy stays {}:\n  {}",
        file.getFileName(),
        kept,
        String.join("\n  ", problems.stream().map(PolicyProblem::toString).toList()));
    say(
        PolicyAudits.broken(problems, kept, new AuditId(ids.next()), ids.nextTraceId(), now()),
        alarm);
  }

  private Instant now() {
    return clock.instant();
  }

  private void say(AuditEvent audit, PolicyAlarm tell) {
    transaction.executeWithoutResult(
        _ -> {
          outbox.append(List.of(OutboxRecord.audit(audit)));
          tell.tell(audit);
        });
  }
}

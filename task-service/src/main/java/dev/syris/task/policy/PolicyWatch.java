package dev.syris.task.policy;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.AuditType;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.json.Json;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.outbox.OutboxRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/** Says aloud what became of a change of the policy: in the log and in the trail. Thread-safe. */
final class PolicyWatch implements PolicyKeeper.Told {

  private static final Logger LOG = LoggerFactory.getLogger(PolicyWatch.class);
  private static final AuditActor ACTOR = AuditActor.system("task-service");
  private static final int MAX_SAID = 20;

  private final TransactionTemplate transaction;
  private final Outbox outbox;
  private final IdSource ids;
  private final InstantSource clock;

  PolicyWatch(TransactionTemplate transaction, Outbox outbox, IdSource ids, InstantSource clock) {
    this.transaction = transaction;
    this.outbox = outbox;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public void loaded(String before, String now) {
    LOG.info("the policy is {} now; it was {}", now, before);
    say(
        AuditEvent.operatorAction(
                "policy", "load", new AuditId(ids.next()), ids.nextTraceId(), now())
            .actor(ACTOR)
            .details(Json.object().put("version", now).put("was", before))
            .say("The policy that holds is %s now".formatted(now)));
  }

  @Override
  public void broken(Path file, List<PolicyProblem> problems, String kept) {
    LOG.error(
        "{} can't be read, so the policy stays {}:\n  {}",
        file.getFileName(),
        kept,
        String.join("\n  ", problems.stream().map(PolicyProblem::toString).toList()));
    ObjectNode details =
        Json.object()
            .put("alarm_type", "policy.invalid")
            .put("severity", "error")
            .put("dedupe_key", "policy.invalid")
            .put("kept", kept);
    var said = details.putArray("problems");
    problems.stream().limit(MAX_SAID).forEach(problem -> said.add(problem.toString()));
    say(
        AuditEvent.of(AuditType.ALARM_RAISED, new AuditId(ids.next()), ids.nextTraceId(), now())
            .actor(ACTOR)
            .details(details)
            .say(
                "The policy file can't be read, so the policy stays as it was: "
                    + problems.getFirst()));
  }

  private Instant now() {
    return clock.instant();
  }

  private void say(AuditEvent audit) {
    transaction.executeWithoutResult(_ -> outbox.append(List.of(OutboxRecord.audit(audit))));
  }
}

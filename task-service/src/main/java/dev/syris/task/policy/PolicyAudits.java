package dev.syris.task.policy;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.AuditType;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.Json;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What the trail says of the policy's file. Pure. */
final class PolicyAudits {

  private static final AuditActor ACTOR = AuditActor.system("task-service");
  private static final int MAX_SAID = 20;

  private PolicyAudits() {}

  static AuditEvent loaded(String before, String now, AuditId id, TraceId trace, Instant at) {
    return AuditEvent.operatorAction("policy", "load", id, trace, at)
        .actor(ACTOR)
        .details(Json.object().put("version", now).put("was", before))
        .say("The policy that holds is %s now".formatted(now));
  }

  /** The operator has to look at the file; the details tell of the first few problems. */
  static AuditEvent broken(
      List<PolicyProblem> problems, String kept, AuditId id, TraceId trace, Instant at) {
    ObjectNode details =
        Json.object()
            .put("alarm_type", "policy.invalid")
            .put("severity", "error")
            .put("dedupe_key", "policy.invalid")
            .put("kept", kept)
            .put("problem_count", problems.size());
    var said = details.putArray("problems");
    problems.stream().limit(MAX_SAID).forEach(problem -> said.add(problem.toString()));
    return AuditEvent.of(AuditType.ALARM_RAISED, id, trace, at)
        .actor(ACTOR)
        .details(details)
        .say(
            "The policy file can't be read, so the policy stays as it was: " + problems.getFirst());
  }
}

package dev.syris.gateway.evidence;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.json.Json;
import dev.syris.gateway.idempotency.Answer;
import dev.syris.gateway.idempotency.IdempotentAnswers;
import dev.syris.gateway.ledger.artifact.DeadLetters;
import dev.syris.gateway.ledger.artifact.Redriven;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Drives a dead letter again; record, audit and remembered answer go into one transaction of the
 * gateway.
 */
final class Redrive {

  private final DeadLetters letters;
  private final IdempotentAnswers answers;

  Redrive(DeadLetters letters, IdempotentAnswers answers) {
    this.letters = letters;
    this.answers = answers;
  }

  Answer once(UUID letter, AuditActor actor, IdempotentAnswers.@Nullable Request repeat) {
    return answers.once(
        repeat,
        () ->
            switch (letters.redrive(letter, actor)) {
              case Redriven.Accepted accepted -> accepted(letter, accepted);
              case Redriven.Unknown() -> throw EvidenceController.notFound("dead letter", letter);
              case Redriven.Refused(String reason) ->
                  throw new ProblemException(
                      CommonProblem.CONFLICT, "dead_letter.not_redrivable", reason);
            });
  }

  private static Answer accepted(UUID letter, Redriven.Accepted accepted) {
    return new Answer(
        202,
        Json.bytes(
            Json.object()
                .put("dead_letter_id", letter.toString())
                .put("trace_id", accepted.traceId().toString())
                .put("audit_id", accepted.auditId().value().toString())
                .put("topic", accepted.topic())));
  }
}

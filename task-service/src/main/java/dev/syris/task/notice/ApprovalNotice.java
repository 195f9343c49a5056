package dev.syris.task.notice;

import dev.syris.contracts.routing.RiskLevel;
import dev.syris.task.approval.NewApproval;
import dev.syris.task.notify.Urgency;
import java.time.temporal.ChronoUnit;

/**
 * What the operator is told of an approval. It leaves the house, so arguments are not in it: they
 * are on the page, and at GET /approvals.
 */
final class ApprovalNotice {

  private ApprovalNotice() {}

  static Notice of(NewApproval asked) {
    boolean grave =
        asked.risk().level() == RiskLevel.HIGH || asked.risk().level() == RiskLevel.CRITICAL;
    return new Notice(
        Notice.Kind.APPROVAL,
        asked.id().toString(),
        "Approve %s %s?".formatted(asked.request().tool(), asked.request().action()),
        "%s. Asked for by %s %s; it is refused at %s where nobody answers."
            .formatted(
                asked.why(),
                asked.requestedBy().type(),
                asked.requestedBy().id(),
                asked.expiresAt().truncatedTo(ChronoUnit.SECONDS)),
        grave ? Urgency.HIGH : Urgency.NORMAL);
  }
}

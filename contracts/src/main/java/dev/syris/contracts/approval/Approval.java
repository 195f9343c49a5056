package dev.syris.contracts.approval;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.id.ApprovalId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.routing.RiskLevel;
import dev.syris.contracts.tool.Requester;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A question to the operator: may exactly this call be made, once?
 *
 * @param expiresAt nobody can approve it from then on, and the call is refused
 * @param refs the call it is about, and what that is part of
 * @param riskReasons why the risk is higher than the action's own, one for each level
 * @param gateReasons codes of what made the gate stricter than its table
 * @param whatHash SHA-256 of the RFC 8785 form of {@code what}, in hexadecimal
 * @param preview what would be sent, with references where secrets will be; null where the tool
 *     can't show it
 * @param previewHash names what would be sent; the call's output names what was
 * @param requestedBy whoever started what the call is part of
 * @param howToApprove null once it is answered
 * @param usedAt when the call was started
 * @param staleBecause what changed since it was asked; null where it is not stale
 */
public record Approval(
    ApprovalId approvalId,
    Instant createdAt,
    Instant expiresAt,
    ApprovalStatus status,
    TraceId traceId,
    Refs refs,
    RiskLevel riskLevel,
    List<String> riskReasons,
    AutonomyLevel autonomyLevel,
    List<String> gateReasons,
    What what,
    String whatHash,
    String toolVersion,
    String policyVersion,
    @Nullable ObjectNode preview,
    @Nullable String previewHash,
    String why,
    Requester requestedBy,
    @Nullable String howToApprove,
    @Nullable Decision decision,
    @Nullable Instant usedAt,
    @Nullable String staleBecause) {

  public Approval {
    riskReasons = List.copyOf(riskReasons);
    gateReasons = List.copyOf(gateReasons);
  }

  /** The call, to the letter. */
  public record What(String tool, String action, ObjectNode args) {}

  /**
   * What was answered.
   *
   * @param channel by which it came, such as {@code rest}, {@code link} or {@code clock}
   * @param waitedMs from the question to the answer, in milliseconds
   */
  public record Decision(
      AuditActor by,
      Instant at,
      @Nullable String reason,
      @Nullable String channel,
      long waitedMs) {}
}

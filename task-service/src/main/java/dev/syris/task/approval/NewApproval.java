package dev.syris.task.approval;

import dev.syris.contracts.id.ApprovalId;
import dev.syris.contracts.tool.Requester;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.task.gate.Decision;
import dev.syris.task.gate.Risk;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something to be asked.
 *
 * @param terms what the answer will be good for
 * @param preview what would be sent, where the tool can show it
 * @param requestedBy whoever started what the call is part of
 * @param replaces the one that went stale before it; null where it is the first
 */
public record NewApproval(
    ApprovalId id,
    ToolCallRequest request,
    Granted.Terms terms,
    Risk risk,
    Decision gate,
    @Nullable ObjectNode preview,
    Requester requestedBy,
    @Nullable ApprovalId replaces,
    Instant expiresAt) {

  /** A sentence: why it is asked. */
  public String why() {
    var why = new StringBuilder();
    why.append(
        "%s %s has %s risk".formatted(request.tool(), request.action(), risk.level().wire()));
    if (!risk.reasons().isEmpty()) {
      why.append(", raised by ").append(String.join(", ", risk.reasons()));
    }
    switch (gate.byTable()) {
      case CONFIRM -> why.append(", which needs approval at ").append(gate.level());
      case ALLOW, PREVIEW, BLOCK -> why.append("; ").append(gate.level()).append(" allows that");
    }
    gate.tightenings().forEach(one -> why.append("; ").append(one.message()));
    return why.toString();
  }
}

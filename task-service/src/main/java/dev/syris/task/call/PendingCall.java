package dev.syris.task.call;

import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.tool.Requester;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.tool.ToolCallStatus;
import dev.syris.task.approval.Granted;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request whose turn it is.
 *
 * @param attempts how often it was started before
 * @param holder the call that has its idempotency key; null where it is free or this call's own
 * @param origin whoever started what the call is part of
 * @param asked whether somebody was asked about it
 * @param granted the approval that was given; null where there is none
 */
record PendingCall(
    ToolCallRequest request,
    String requestHash,
    int attempts,
    @Nullable Holder holder,
    Requester origin,
    boolean asked,
    @Nullable Granted granted) {

  /** The call that took the key first, and what is recorded of it. */
  record Holder(
      ToolCallId toolCallId,
      String requestHash,
      ToolCallStatus status,
      @Nullable JsonNode output) {}

  PendingCall with(@Nullable Granted approval) {
    return new PendingCall(request, requestHash, attempts, holder, origin, asked, approval);
  }
}

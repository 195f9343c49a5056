package dev.syris.task.call;

import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.tool.ToolCallStatus;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request whose turn it is.
 *
 * @param attempts how often it was started before
 * @param holder the call that has its idempotency key; null where it is free or this call's own
 */
record PendingCall(
    ToolCallRequest request, String requestHash, int attempts, @Nullable Holder holder) {

  /** The call that took the key first, and what is recorded of it. */
  record Holder(
      ToolCallId toolCallId,
      String requestHash,
      ToolCallStatus status,
      @Nullable JsonNode output) {}
}

package dev.syris.contracts.tool;

import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.id.TraceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.node.ObjectNode;

/**
 * A wish to act. Whether it happens is for the tool runtime to say.
 *
 * @param idempotencyKey hash of origin, position and run; the same key never causes two effects
 * @param grantedScopes what the requester may use, fixed when the request was made
 * @param depth depth of the event behind it; a child event made by the call has one more
 * @param requestedAt append time of what caused it
 */
@JsonSerialize(using = ToolCallRequestWriter.class)
public record ToolCallRequest(
    ToolCallId toolCallId,
    TraceId traceId,
    @Nullable EventId eventId,
    @Nullable String taskId,
    @Nullable String stepId,
    String tool,
    String action,
    ObjectNode args,
    String idempotencyKey,
    Requester requestedBy,
    List<String> grantedScopes,
    int depth,
    Instant requestedAt) {}

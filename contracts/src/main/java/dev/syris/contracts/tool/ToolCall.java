package dev.syris.contracts.tool;

import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.routing.RiskLevel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A tool call and what became of it. */
public record ToolCall(
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
    ToolCallStatus status,
    @Nullable JsonNode output,
    @Nullable ErrorDetail error,
    @Nullable String approvalId,
    @Nullable RiskLevel riskLevel,
    @Nullable String autonomyLevel,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt) {}

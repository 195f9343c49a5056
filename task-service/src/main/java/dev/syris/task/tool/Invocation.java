package dev.syris.task.tool;

import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.id.TraceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a tool is told of the call it carries out.
 *
 * @param args match the action's input schema
 * @param idempotencyKey to be handed on to a target that honours it; the same for every attempt
 * @param depth depth of the event behind the call
 * @param requestedAt append time of what caused the call; the same for every attempt
 */
public record Invocation(
    ToolCallId toolCallId,
    TraceId traceId,
    @Nullable EventId eventId,
    ObjectNode args,
    String idempotencyKey,
    int depth,
    Instant requestedAt) {}

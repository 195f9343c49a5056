package dev.syris.contracts.task;

import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TaskId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.tool.Requester;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A wish that a task be started from a template. The same task id never starts two.
 *
 * @param taskId id of the task to be, made from what caused it
 * @param event the event behind it, for references; null where there is none
 * @param grantedScopes what its calls may use, fixed when the request was made
 * @param depth depth of the event behind it
 * @param requestedAt append time of what caused it
 */
public record TaskRequest(
    TaskId taskId,
    TraceId traceId,
    @Nullable EventId eventId,
    String template,
    ObjectNode input,
    @Nullable ObjectNode event,
    Requester requestedBy,
    List<String> grantedScopes,
    int depth,
    Instant requestedAt) {}

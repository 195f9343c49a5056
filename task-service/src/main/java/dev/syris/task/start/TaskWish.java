package dev.syris.task.start;

import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TaskId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.tool.Requester;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who wants a task, and in which context.
 *
 * @param id of the task to be
 * @param event behind it, for references; null where there is none
 */
record TaskWish(
    TaskId id,
    TraceId traceId,
    @Nullable EventId eventId,
    @Nullable ObjectNode event,
    Requester requestedBy,
    List<String> grantedScopes,
    int depth) {}

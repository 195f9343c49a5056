package dev.syris.task.engine;

import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TaskId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.task.TaskStatus;
import dev.syris.contracts.tool.Requester;
import dev.syris.task.instance.Owner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as its row was when it was locked.
 *
 * @param autonomyAtStart more than that its calls never have
 * @param owner who runs it; null where nothing of it is under way
 * @param epoch fences whoever owned it before
 */
record TaskRow(
    TaskId id,
    String name,
    TaskStatus status,
    TraceId traceId,
    @Nullable EventId triggerEventId,
    JsonText input,
    @Nullable JsonText event,
    List<String> grantedScopes,
    int depth,
    int stepCount,
    AutonomyLevel autonomyAtStart,
    Requester requestedBy,
    @Nullable Owner owner,
    long epoch) {}

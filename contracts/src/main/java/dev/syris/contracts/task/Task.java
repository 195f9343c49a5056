package dev.syris.contracts.task;

import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TaskId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.Requester;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Work of several steps and where it is.
 *
 * @param template where its steps come from; null where they came with the request
 * @param input what references to {@code input} find
 * @param waitingFor null while something happens, or nothing will any more
 * @param nextWakeTime when it goes on by itself; null where that is now, or never
 */
public record Task(
    TaskId taskId,
    String name,
    TaskStatus status,
    TraceId traceId,
    @Nullable EventId triggerEventId,
    @Nullable String template,
    @Nullable Long templateVersion,
    String autonomyLevelAtStart,
    List<String> labels,
    ObjectNode input,
    Requester requestedBy,
    @Nullable WaitingFor waitingFor,
    @Nullable Instant nextWakeTime,
    @Nullable String cancelReason,
    @Nullable ErrorDetail error,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant endedAt,
    List<Step> steps) {

  public Task {
    labels = List.copyOf(labels);
    steps = List.copyOf(steps);
  }
}

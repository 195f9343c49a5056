package dev.syris.task.engine;

import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TaskId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.tool.Requester;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A task to be, checked.
 *
 * @param template where its steps come from; null where they came with it
 * @param event the event behind it, for references
 * @param grantedScopes what its calls may use
 * @param depth depth of the event behind it; 0 where there is none
 */
public record NewTask(
    TaskId id,
    String name,
    TraceId traceId,
    @Nullable EventId triggerEventId,
    @Nullable String template,
    @Nullable Long templateVersion,
    List<String> labels,
    ObjectNode input,
    @Nullable ObjectNode event,
    Requester requestedBy,
    List<String> grantedScopes,
    int depth,
    List<StepPlan> steps) {

  public NewTask {
    labels = List.copyOf(labels);
    grantedScopes = List.copyOf(grantedScopes);
    steps = List.copyOf(steps);
  }
}

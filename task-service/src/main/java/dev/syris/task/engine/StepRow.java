package dev.syris.task.engine;

import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.ToolCallStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A step: what it is to do, where it is, and what is on record of it. */
record StepRow(StepPlan plan, StepState state, Progress progress, @Nullable LastCall lastCall) {

  /**
   * What is on record of a step.
   *
   * @param checkpoint earlier failures of this run, oldest first
   */
  record Progress(
      @Nullable ToolCallId toolCallId,
      @Nullable String idempotencyKey,
      @Nullable ObjectNode checkpoint,
      @Nullable JsonNode output,
      @Nullable ErrorDetail error,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt) {

    static final Progress NONE = new Progress(null, null, null, null, null, null, null);

    Progress started(ToolCallId call, String key, Instant at) {
      return new Progress(
          call, key, checkpoint, null, null, startedAt == null ? at : startedAt, null);
    }

    Progress ended(@Nullable JsonNode result, @Nullable ErrorDetail fault, @Nullable Instant at) {
      return new Progress(toolCallId, idempotencyKey, checkpoint, result, fault, startedAt, at);
    }

    Progress kept(ObjectNode history) {
      return new Progress(toolCallId, idempotencyKey, history, output, error, startedAt, endedAt);
    }
  }

  /**
   * The call of its last attempt.
   *
   * @param args what was sent, or was going to be
   * @param attempts how often it was started
   */
  record LastCall(ToolCallId id, ToolCallStatus status, JsonText args, int attempts) {}

  StepRow with(StepState next) {
    return new StepRow(plan, next, progress, lastCall);
  }

  StepRow with(Progress next) {
    return new StepRow(plan, state, next, lastCall);
  }
}

package dev.syris.contracts.task;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.syris.contracts.id.StepId;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.tool.ErrorDetail;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One step of a task and what became of it.
 *
 * @param position from 0, in the order of execution
 * @param tool null where the step only waits
 * @param args as written, with references
 * @param when it is skipped where this condition does not hold
 * @param delay what it waits for before it begins
 * @param checkpoint what is kept of it beside the output: where it came from, what it waited for
 * @param attempt the present one, 1-based; 0 before the first
 * @param run raised where the operator has it done again after an outcome
 * @param timeoutMs how long one attempt may take, in milliseconds
 * @param toolCallId of the last attempt
 * @param idempotencyKey of the call, the same for every attempt of a run
 * @param dueAt when its wait is over or its next attempt begins
 */
public record Step(
    StepId stepId,
    String name,
    int position,
    StepStatus status,
    @Nullable String tool,
    @Nullable String action,
    ObjectNode args,
    @Nullable JsonNode when,
    @JsonProperty("wait") @Nullable JsonNode delay,
    @Nullable JsonNode checkpoint,
    @Nullable JsonNode output,
    int attempt,
    int run,
    int maxAttempts,
    RetryPolicy retryPolicy,
    @Nullable Long timeoutMs,
    @Nullable ToolCallId toolCallId,
    @Nullable String idempotencyKey,
    @Nullable Instant dueAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable ErrorDetail error) {}

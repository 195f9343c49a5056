package dev.syris.task.call;

import dev.syris.contracts.routing.RiskLevel;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.task.tool.ActionDefinition.Effect;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call that was started by a process that is gone.
 *
 * @param effect as declared when it was started
 * @param neverSent whether it is certain that nothing left
 * @param risk as it was judged
 * @param timeout how long an attempt may take; what the tool says where null
 */
record Orphan(
    ToolCallRequest request,
    int attempt,
    Effect effect,
    boolean neverSent,
    @Nullable Duration timeout,
    @Nullable RiskLevel risk) {}

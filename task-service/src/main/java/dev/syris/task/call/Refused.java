package dev.syris.task.call;

import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.ToolCallStatus;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A call that is not made, to be written. */
record Refused(
    ToolCallId id,
    ToolCallStatus status,
    @Nullable JsonNode output,
    @Nullable ErrorDetail error,
    Findings findings) {}

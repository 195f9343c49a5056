package dev.syris.task.call;

import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.task.tool.Invocation;
import dev.syris.task.tool.ToolRegistry.Registered;
import java.time.Instant;

/**
 * One attempt of this process at a call, whose {@code STARTED} is committed.
 *
 * @param attempt 1 for the first; part of the fence
 * @param sendByNanos until when ({@link System#nanoTime}) it may be sent, so that its timeout ends
 *     before its lease
 */
record StartedCall(
    ToolCallRequest request,
    Registered registered,
    Findings findings,
    int attempt,
    Instant startedAt,
    long sendByNanos) {

  Invocation invocation() {
    return new Invocation(
        request.toolCallId(),
        request.traceId(),
        request.eventId(),
        request.args(),
        request.idempotencyKey(),
        request.depth(),
        request.requestedAt());
  }
}

package dev.syris.task.call;

import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.task.tool.ActionDefinition.Effect;
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
public record StartedCall(
    ToolCallRequest request,
    Registered registered,
    Findings findings,
    int attempt,
    Instant startedAt,
    long sendByNanos,
    Binding binding) {

  Effect effect() {
    return registered.definition().effect();
  }

  /** The next attempt at the same call. */
  StartedCall again(Instant now, long beginNanos) {
    return new StartedCall(
        request, registered, findings, attempt + 1, now, sendBy(beginNanos), binding);
  }

  static long sendBy(long beginNanos) {
    return beginNanos + Start.MARGIN.toNanos();
  }

  Invocation invocation() {
    return invocation(request);
  }

  static Invocation invocation(ToolCallRequest request) {
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

package dev.syris.task.call;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.AuditType;
import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.tool.ToolCallStatus;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.outbox.OutboxRecord;
import dev.syris.platform.postgres.AfterCommit;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Settles calls whose outcome only the operator can tell: one transaction with whatever the call is
 * part of. To be made again, it must be certain that the old one is not running any more.
 */
public final class CallResolutions {

  private static final int MAX_REASON = 500;

  private final ResolutionTable table;
  private final TransactionTemplate transaction;
  private final Outbox outbox;
  private final ToolRuntime runtime;
  private final UnknownOutcomes unknown;
  private final IdSource ids;
  private final InstantSource clock;

  public CallResolutions(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Outbox outbox,
      ToolRuntime runtime,
      UnknownOutcomes unknown,
      IdSource ids,
      InstantSource clock) {
    this.table = new ResolutionTable(jdbc);
    this.transaction = transaction;
    this.outbox = outbox;
    this.runtime = runtime;
    this.unknown = unknown;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Settles a call; the answer is the ToolCall as it then is.
   *
   * @throws ProblemException 404 where there is none, 409 where its outcome is known, or where it
   *     is to be made again and may still be running
   */
  public byte[] resolve(ToolCallId id, Resolution resolution, String reason, AuditActor by) {
    ToolCallRequest call = table.find(id.value()).orElseThrow(() -> missing(id));
    transaction.executeWithoutResult(_ -> resolveIn(call, resolution, reason, by));
    AfterCommit.run(runtime::wake);
    return table.show(id.value());
  }

  private void resolveIn(
      ToolCallRequest call, Resolution resolution, String reason, AuditActor by) {
    CallOwner.Resolving resolving = runtime.resolving(call);
    var found = table.lock(call.toolCallId().value());
    if (found.status() != ToolCallStatus.UNKNOWN) {
      throw new ProblemException(
              CommonProblem.CONFLICT,
              "tool_call.wrong_state",
              "the call is %s; only one that is unknown can be settled by hand"
                  .formatted(found.status().wire()))
          .with("status_now", found.status().wire());
    }
    Instant now = clock.instant();
    switch (resolution) {
      case Resolution.Succeeded(var output) ->
          table.settle(call.toolCallId().value(), ToolCallStatus.SUCCEEDED, output, null, now);
      case Resolution.Failed(var error) ->
          table.settle(call.toolCallId().value(), ToolCallStatus.FAILED, null, error, now);
      case Resolution.Retry _ -> {
        refuseWhileRunning(found.leftMs());
        table.receiveAgain(call.toolCallId().value());
      }
    }
    unknown.settled(call.toolCallId());
    var said = new ArrayList<AuditEvent>();
    said.add(action(call, resolution, reason, by, now));
    said.add(resolved(call, resolution, reason, by, now));
    resolving.resolved(resolution, by, said);
    outbox.append(said.stream().map(OutboxRecord::audit).toList());
  }

  private static void refuseWhileRunning(long leftMs) {
    if (leftMs > 0) {
      long seconds = leftMs / 1000 + 1;
      throw new ProblemException(
              CommonProblem.CONFLICT,
              "tool_call.may_be_running",
              "the call may still be running for %d s; retry it after that".formatted(seconds))
          .header("Retry-After", Long.toString(seconds));
    }
  }

  private AuditEvent action(
      ToolCallRequest call, Resolution resolution, String reason, AuditActor by, Instant now) {
    return AuditEvent.operatorAction(
            "tool_call", "resolve", new AuditId(ids.next()), call.traceId(), now)
        .actor(by)
        .refs(refs(call))
        .tool(call.tool(), call.action())
        .details(
            Json.object()
                .put("outcome", resolution.wire())
                .put("reason", StorableText.shown(reason, MAX_REASON)))
        .say(
            "An operator settled %s %s: %s"
                .formatted(call.tool(), call.action(), resolution.wire()));
  }

  private AuditEvent resolved(
      ToolCallRequest call, Resolution resolution, String reason, AuditActor by, Instant now) {
    return AuditEvent.of(AuditType.TOOL_CALL_RESOLVED, new AuditId(ids.next()), call.traceId(), now)
        .actor(by)
        .refs(refs(call))
        .tool(call.tool(), call.action())
        .details(
            Json.object()
                .put("outcome", resolution.wire())
                .put("reason", StorableText.shown(reason, MAX_REASON)))
        .say(
            "%s %s, whose outcome was not known, is settled as %s"
                .formatted(call.tool(), call.action(), resolution.wire()));
  }

  private static Refs refs(ToolCallRequest call) {
    return Refs.event(call.eventId())
        .toolCall(call.toolCallId())
        .with("task_id", call.taskId())
        .with("step_id", call.stepId());
  }

  private static ProblemException missing(ToolCallId id) {
    return new ProblemException(
        CommonProblem.NOT_FOUND, "tool_call.not_found", "there is no tool call " + id);
  }
}

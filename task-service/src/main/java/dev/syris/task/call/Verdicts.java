package dev.syris.task.call;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.ToolCallStatus;
import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.task.instance.Owner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What rulings come to in the database and in the trail; collected first, written as a batch. For
 * one use.
 */
final class Verdicts {

  private final CallAudits audits;
  private final Instant now;
  private final long beginNanos;
  private final List<Start> starts = new ArrayList<>();
  private final List<Settled> settled = new ArrayList<>();
  private final List<AuditEvent> said = new ArrayList<>();
  private final List<StartedCall> started = new ArrayList<>();

  /**
   * @param beginNanos when the work on it began ({@link System#nanoTime})
   */
  Verdicts(CallAudits audits, Instant now, long beginNanos) {
    this.audits = audits;
    this.now = now;
    this.beginNanos = beginNanos;
  }

  void add(PendingCall call, Ruling ruling, Binding binding) {
    var request = call.request();
    ToolCallId id = request.toolCallId();
    int attempt = call.attempts() + 1;
    switch (ruling) {
      case Ruling.Start(var registered, var findings) -> {
        starts.add(Start.of(id, attempt, registered, findings));
        said.add(audits.attempted(request, findings, attempt, registered.version(), now));
        started.add(
            new StartedCall(
                request,
                registered,
                findings,
                attempt,
                now,
                StartedCall.sendBy(beginNanos),
                binding));
      }
      case Ruling.Fail(var error, var findings) -> {
        starts.add(Start.ofFailing(id, attempt));
        settled.add(new Settled(id, ToolCallStatus.FAILED, null, error));
        var outcome = new Settlement.Recorded(ToolCallStatus.FAILED, null, error, null);
        said.add(audits.attempted(request, findings, attempt, null, now));
        said.add(audits.ended(request, findings, attempt, outcome, 0, now));
      }
      case Ruling.Block(var error, var findings) -> {
        settled.add(new Settled(id, ToolCallStatus.BLOCKED, null, error));
        said.add(audits.blocked(request, findings, error, now));
      }
      case Ruling.AnswerKnown(var holder, var findings) -> {
        settled.add(new Settled(id, ToolCallStatus.CANCELED, holder.output(), known(holder)));
        said.add(audits.deduped(request, findings, holder, now));
      }
    }
  }

  List<StartedCall> started() {
    return started;
  }

  List<AuditEvent> said() {
    return said;
  }

  /**
   * Writes it all into the transaction under way.
   *
   * @throws FencedException where the owner has a successor
   */
  void write(CallTable table, Owner owner, AutonomyLevel autonomy) {
    if (!starts.isEmpty() && !table.start(starts, owner, autonomy.name(), now)) {
      throw new FencedException(owner);
    }
    if (!settled.isEmpty() && !table.settle(settled, owner, autonomy.name(), now)) {
      throw new FencedException(owner);
    }
  }

  private static ErrorDetail known(PendingCall.Holder holder) {
    var details =
        Json.object()
            .put("tool_call_id", holder.toolCallId().toString())
            .put("status", holder.status().wire());
    String message =
        "the same request was made before, as call %s, which is %s; its outcome is the answer"
            .formatted(holder.toolCallId(), holder.status().wire());
    return new ErrorDetail("idempotency.known", message, false, details);
  }
}

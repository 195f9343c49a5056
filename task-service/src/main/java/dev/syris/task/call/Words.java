package dev.syris.task.call;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.tool.ToolCallStatus;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.outbox.OutboxRecord;
import dev.syris.task.instance.Owner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What one transaction is going to write and say of attempts; collected first, written as a batch.
 * For one use.
 */
final class Words {

  private final CallAudits audits;
  private final CallOwner.Hold hold;
  private final UnknownOutcomes unknown;
  private final Instant now;
  private final List<Start> starts = new ArrayList<>();
  private final List<Settled> settled = new ArrayList<>();
  private final List<Late> late = new ArrayList<>();
  private final List<AuditEvent> said = new ArrayList<>();
  private final List<StartedCall> again = new ArrayList<>();

  /**
   * @param hold what the calls are part of
   * @param unknown told where nobody knows what became of a call
   */
  Words(CallAudits audits, Instant now, CallOwner.Hold hold, UnknownOutcomes unknown) {
    this.unknown = unknown;
    this.audits = audits;
    this.hold = hold;
    this.now = now;
  }

  /** The attempt goes on record; without a known outcome the operator is told, too. */
  void recorded(
      ToolCallRequest request,
      Findings findings,
      int attempt,
      Settlement.Recorded outcome,
      long latencyMs) {
    settled.add(
        new Settled(request.toolCallId(), outcome.status(), outcome.output(), outcome.error()));
    said.add(audits.ended(request, findings, attempt, outcome, latencyMs, now));
    if (outcome.status() == ToolCallStatus.UNKNOWN && outcome.error() != null) {
      AuditEvent alarm = audits.alarm(request, findings, attempt, outcome.error(), now);
      said.add(alarm);
      unknown.tell(request, outcome.error(), alarm);
    }
    hold.ended(
        request,
        new CallOwner.CallOutcome(
            request.toolCallId(), outcome.status(), outcome.output(), outcome.error()));
  }

  /** The call is started once more; to be sent when this is committed. */
  void again(StartedCall next) {
    starts.add(
        Start.of(next.request().toolCallId(), next.attempt(), next.registered(), next.findings()));
    said.add(
        audits.attempted(
            next.request(), next.findings(), next.attempt(), next.registered().version(), now));
    again.add(next);
  }

  /** Something to be said before what follows. */
  void say(AuditEvent audit) {
    said.add(audit);
  }

  void late(Late answer) {
    late.add(answer);
  }

  CallOwner.Hold hold() {
    return hold;
  }

  /** Calls to be sent once more. */
  List<StartedCall> again() {
    return again;
  }

  /**
   * Writes it all into the transaction under way, and what follows from it.
   *
   * @return calls started by what follows
   * @throws FencedException where the owner has a successor
   */
  List<StartedCall> write(CallTable table, Outbox outbox, Owner owner, Claimed claimed) {
    if (!late.isEmpty()) {
      table.keepLate(late, owner, now);
    }
    if (!starts.isEmpty() && !table.start(starts, owner, now)) {
      throw new FencedException(owner);
    }
    if (!settled.isEmpty() && !table.settle(settled, owner, now)) {
      throw new FencedException(owner);
    }
    List<StartedCall> next = hold.finish(claimed, said);
    outbox.append(said.stream().map(OutboxRecord::audit).toList());
    return next;
  }
}

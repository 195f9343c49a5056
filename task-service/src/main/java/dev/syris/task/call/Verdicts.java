package dev.syris.task.call;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.ApprovalId;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.ToolCallStatus;
import dev.syris.task.approval.Approvals;
import dev.syris.task.approval.Granted;
import dev.syris.task.approval.NewApproval;
import dev.syris.task.instance.Owner;
import dev.syris.task.tool.Preview;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What rulings come to in the database and in the trail; collected first, written as a batch. For
 * one use.
 */
final class Verdicts {

  private final CallAudits audits;
  private final Approvals approvals;
  private final Bench bench;
  private final long beginNanos;
  private final List<Start> starts = new ArrayList<>();
  private final List<Settled> failed = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();
  private final List<Asked> asked = new ArrayList<>();
  private final List<NewApproval> approvalsAsked = new ArrayList<>();
  private final List<ApprovalId> used = new ArrayList<>();
  private final Map<ApprovalId, String> stale = new LinkedHashMap<>();
  private final List<AuditEvent> said = new ArrayList<>();
  private final List<StartedCall> started = new ArrayList<>();

  /**
   * @param beginNanos when the work on it began ({@link System#nanoTime})
   */
  Verdicts(CallAudits audits, Approvals approvals, Bench bench, long beginNanos) {
    this.audits = audits;
    this.approvals = approvals;
    this.bench = bench;
    this.beginNanos = beginNanos;
  }

  void add(PendingCall call, Ruling ruling, Binding binding) {
    var request = call.request();
    ToolCallId id = request.toolCallId();
    int attempt = call.attempts() + 1;
    switch (ruling) {
      case Ruling.Start(var registered, var findings, var _, var because) -> {
        settleApproval(call, because);
        starts.add(Start.of(id, attempt, registered, findings));
        said.add(audits.attempted(request, findings, attempt, registered.version(), bench.now()));
        started.add(
            new StartedCall(
                request,
                registered,
                findings,
                attempt,
                bench.now(),
                StartedCall.sendBy(beginNanos),
                binding));
      }
      case Ruling.Confirm confirm -> ask(call, confirm);
      case Ruling.Preview(var registered, var findings) -> {
        settleApproval(call, "it may only be previewed now");
        Preview preview = registered.preview(StartedCall.invocation(request)).orElse(null);
        refused.add(new Refused(id, ToolCallStatus.PREVIEWED, preview(preview), null, findings));
        said.add(
            audits.previewed(
                request, findings, preview == null ? null : preview.hash(), bench.now()));
      }
      case Ruling.Fail(var error, var findings) -> {
        settleApproval(call, "it can't be made: " + error.message());
        starts.add(Start.ofFailing(id, attempt));
        failed.add(new Settled(id, ToolCallStatus.FAILED, null, error));
        var outcome = new Settlement.Recorded(ToolCallStatus.FAILED, null, error, null);
        said.add(audits.attempted(request, findings, attempt, null, bench.now()));
        said.add(audits.ended(request, findings, attempt, outcome, 0, bench.now()));
      }
      case Ruling.Block(var error, var findings) -> {
        settleApproval(call, "it is blocked: " + error.message());
        refused.add(new Refused(id, ToolCallStatus.BLOCKED, null, error, findings));
        said.add(audits.blocked(request, findings, error, bench.now()));
      }
      case Ruling.AnswerKnown(var holder, var findings) -> {
        settleApproval(call, "the same request was made as call " + holder.toolCallId());
        refused.add(
            new Refused(id, ToolCallStatus.CANCELED, holder.output(), known(holder), findings));
        said.add(audits.deduped(request, findings, holder, bench.now()));
      }
    }
  }

  /** It is used where it lets the call be made, and stale where not. */
  private void settleApproval(PendingCall call, @Nullable String because) {
    Granted granted = call.granted();
    if (granted == null) {
      return;
    }
    if (because == null) {
      used.add(granted.id());
    } else {
      stale.put(granted.id(), because);
    }
  }

  private void ask(PendingCall call, Ruling.Confirm confirm) {
    settleApproval(call, confirm.stale());
    var request = call.request();
    ApprovalId replaces = call.granted() == null ? null : call.granted().id();
    var id =
        new ApprovalId(
            Uuids.named(
                "approval",
                request.toolCallId().toString(),
                Integer.toString(call.attempts()),
                bench.now().toString()));
    Preview preview = confirm.registered().preview(StartedCall.invocation(request)).orElse(null);
    approvalsAsked.add(
        new NewApproval(
            id,
            request,
            CallDecision.terms(call, confirm.registered(), bench.policy()),
            confirm.assessment().risk(),
            Objects.requireNonNull(confirm.findings().gate()),
            preview == null ? null : preview.request(),
            call.origin(),
            replaces,
            bench.now().plus(confirm.assessment().approvalExpiry())));
    asked.add(
        new Asked(request.toolCallId(), id, confirm.findings(), confirm.registered().version()));
  }

  List<StartedCall> started() {
    return started;
  }

  /** What the trail says; complete when it is written. */
  List<AuditEvent> said() {
    return said;
  }

  /** The approval that was asked for, where it was for one call only. */
  @Nullable ApprovalId approval() {
    return asked.isEmpty() ? null : asked.getFirst().approval();
  }

  /**
   * Writes it all into the transaction under way.
   *
   * @throws FencedException where the owner has a successor
   */
  void write(CallTable table, Owner owner) {
    writeOutcomes(table, owner, !starts.isEmpty());
  }

  /** Writes all but the starts, which are in the database already. */
  void writeButStarts(CallTable table, Owner owner) {
    writeOutcomes(table, owner, false);
  }

  private void writeOutcomes(CallTable table, Owner owner, boolean withStarts) {
    stale.forEach(approvals::goStale);
    approvals.use(used, bench.now());
    if (withStarts && !table.start(starts, owner, bench.now())) {
      throw new FencedException(owner);
    }
    if (!failed.isEmpty() && !table.settle(failed, owner, bench.now())) {
      throw new FencedException(owner);
    }
    if (!refused.isEmpty()) {
      table.refuse(refused, bench.now());
    }
    if (!asked.isEmpty()) {
      table.ask(asked);
      said.addAll(approvals.ask(approvalsAsked, bench.now()));
    }
  }

  private static @Nullable ObjectNode preview(@Nullable Preview preview) {
    if (preview == null) {
      return null;
    }
    ObjectNode output = Json.object();
    output.set("preview", preview.request());
    return output.put("preview_hash", preview.hash());
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

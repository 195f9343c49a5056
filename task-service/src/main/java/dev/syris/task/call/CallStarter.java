package dev.syris.task.call;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.id.ApprovalId;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.Requester;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.tool.ToolCallStatus;
import dev.syris.task.approval.Approvals;
import dev.syris.task.approval.Granted;
import dev.syris.task.instance.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Judges and starts calls whose turn somebody else than the dispatcher decides on. Everything about
 * a call is the same as there: registry, scopes, arguments, risk, gate, key, {@code STARTED}; all
 * in the caller's transaction. Thread-safe.
 */
public final class CallStarter {

  private final CallTable table;
  private final Judge judge;
  private final Approvals approvals;
  private final CallAudits audits;
  private final InFlight inFlight;
  private final CallRunner runner;

  CallStarter(RuntimeParts parts, InFlight inFlight, CallRunner runner) {
    this.table = new CallTable(parts.jdbc());
    this.judge = new Judge(parts);
    this.approvals = parts.gate().approvals();
    this.audits = new CallAudits();
    this.inFlight = inFlight;
    this.runner = runner;
  }

  /**
   * A call to be made now.
   *
   * @param attempts how often this very call was started before; its row is there where not 0, or
   *     where it is {@code kept}
   * @param kept whether its row is there, received
   * @param timeout how long an attempt may take; what the tool says where null
   * @param snapshot the level it may have at most
   * @param origin whoever started what it is part of
   */
  public record Wish(
      ToolCallRequest request,
      int attempts,
      boolean kept,
      @Nullable Duration timeout,
      AutonomyLevel snapshot,
      Requester origin,
      Binding binding) {}

  /** What a wish came to. */
  public sealed interface Begun {

    Wish wish();

    /** What the trail says of it. */
    List<AuditEvent> said();

    /** It is started, and to be sent after the commit. */
    record Started(Wish wish, StartedCall call, List<AuditEvent> said) implements Begun {}

    /** Somebody is asked whether it may be made. */
    record Waits(Wish wish, ApprovalId approval, List<AuditEvent> said) implements Begun {}

    /** It may not be made, or can't. */
    record Refused(Wish wish, ToolCallStatus status, ErrorDetail error, List<AuditEvent> said)
        implements Begun {}
  }

  /** How many more calls may be under way. */
  public int room() {
    return inFlight.room();
  }

  /** Calls under way in this process. */
  public List<String> underWay() {
    return inFlight.ids();
  }

  /** Runs a transaction that starts calls, and sends what it answers once that is committed. */
  public List<StartedCall> start(Function<Claimed, List<StartedCall>> transaction) {
    List<StartedCall> started = Claimed.run(inFlight, transaction);
    started.forEach(runner::send);
    return started;
  }

  /** Interrupts a call of this process, if it is under way. */
  public void interrupt(ToolCallId call) {
    runner.interrupt(call);
  }

  /**
   * A call that was not made yet never will be, nor is it to be approved; nothing happens where it
   * was made. In the caller's transaction.
   */
  public void cancel(ToolCallId call, Instant now) {
    if (table.cancel(call, now)) {
      approvals.cancel(List.of(call));
    }
  }

  /** The controls and the policy, for the caller's transaction. */
  public Bench open(Instant now) {
    return judge.open(now);
  }

  /**
   * Judges and starts each, in the caller's transaction.
   *
   * @throws FencedException where the owner has a successor
   */
  public List<Begun> begin(List<Wish> wishes, Claimed claimed, Owner owner, Bench bench) {
    Map<ToolCallId, Granted> granted = granted(wishes);
    long beginNanos = System.nanoTime();
    wishes.forEach(wish -> claimed.begin(wish.request().toolCallId(), wish.attempts() + 1));
    List<Judged> judged =
        wishes.stream()
            .map(wish -> judge(wish, granted.get(wish.request().toolCallId()), bench))
            .toList();
    List<Judged> settled = keepKeys(judged, bench.now());
    insert(settled, owner, bench.now());
    return settled.stream().map(one -> write(one, owner, bench, beginNanos)).toList();
  }

  private Map<ToolCallId, Granted> granted(List<Wish> wishes) {
    return approvals.granted(
        wishes.stream().filter(Wish::kept).map(wish -> wish.request().toolCallId()).toList());
  }

  /** A wish, the call it is, and what is to become of it. */
  private record Judged(Wish wish, PendingCall call, Ruling ruling) {

    boolean starts() {
      return ruling instanceof Ruling.Start;
    }

    Judged with(Ruling other) {
      return new Judged(wish, call, other);
    }
  }

  private static Judged judge(Wish wish, @Nullable Granted approval, Bench bench) {
    String hash = ReceivedCall.of(wish.request()).requestHash();
    var call =
        new PendingCall(
            wish.request(), hash, wish.attempts(), null, wish.origin(), wish.kept(), approval);
    Ruling ruling = bench.judge(call, wish.snapshot());
    return ruling instanceof Ruling.Start start && wish.timeout() != null
        ? new Judged(wish, call, start.within(start.registered().within(wish.timeout())))
        : new Judged(wish, call, ruling);
  }

  /** A further attempt has the key of the one before it; the request must be the same. */
  private List<Judged> keepKeys(List<Judged> judged, Instant now) {
    List<PendingCall> starting = judged.stream().filter(Judged::starts).map(Judged::call).toList();
    if (starting.isEmpty()) {
      return judged;
    }
    Set<String> kept = table.reserveAgain(starting, now);
    return judged.stream()
        .map(
            one ->
                one.ruling() instanceof Ruling.Start start
                        && !kept.contains(one.wish().request().idempotencyKey())
                    ? one.with(conflict(one.wish().request(), start.findings()))
                    : one)
        .toList();
  }

  private static Ruling conflict(ToolCallRequest request, Findings findings) {
    String message =
        "the idempotency key %s was used for another request".formatted(request.idempotencyKey());
    return new Ruling.Fail(ErrorDetail.permanent("idempotency.conflict", message), findings);
  }

  /** New calls that start are one row version: received and started at once. */
  private void insert(List<Judged> judged, Owner owner, Instant now) {
    var starting = new ArrayList<CallTable.FreshStart>();
    var others = new ArrayList<ReceivedCall>();
    for (Judged one : judged) {
      Wish wish = one.wish();
      if (wish.kept()) {
        continue;
      }
      var received = new ReceivedCall(wish.request(), one.call().requestHash());
      if (one.ruling() instanceof Ruling.Start(var registered, var findings, var _, var _)) {
        Start start = Start.of(wish.request().toolCallId(), 1, registered, findings);
        starting.add(new CallTable.FreshStart(received, start, millis(wish.timeout())));
      } else {
        others.add(received);
      }
    }
    if (!starting.isEmpty() && !table.insertStarted(starting, owner, now)) {
      throw new FencedException(owner);
    }
    if (!others.isEmpty()) {
      table.insert(others, now);
    }
  }

  private Begun write(Judged one, Owner owner, Bench bench, long beginNanos) {
    var verdict = new Verdicts(audits, approvals, bench, beginNanos);
    verdict.add(one.call(), one.ruling(), one.wish().binding());
    if (one.starts() && !one.wish().kept()) {
      verdict.writeButStarts(table, owner);
    } else {
      verdict.write(table, owner);
    }
    return begun(one.wish(), one.ruling(), verdict);
  }

  private static Begun begun(Wish wish, Ruling ruling, Verdicts verdict) {
    return switch (ruling) {
      case Ruling.Start _ -> new Begun.Started(wish, verdict.started().getFirst(), verdict.said());
      case Ruling.Confirm _ ->
          new Begun.Waits(wish, Objects.requireNonNull(verdict.approval()), verdict.said());
      case Ruling.Preview _ ->
          new Begun.Refused(
              wish,
              ToolCallStatus.PREVIEWED,
              ErrorDetail.permanent(
                  "gate.preview_only", "at A0 a call is only previewed; nothing was done"),
              verdict.said());
      case Ruling.Fail(var error, var _) ->
          new Begun.Refused(wish, ToolCallStatus.FAILED, error, verdict.said());
      case Ruling.Block(var error, var _) ->
          new Begun.Refused(wish, ToolCallStatus.BLOCKED, error, verdict.said());
      case Ruling.AnswerKnown(var holder, var _) ->
          new Begun.Refused(
              wish,
              ToolCallStatus.CANCELED,
              ErrorDetail.permanent(
                  "idempotency.known", "the key belongs to call %s".formatted(holder.toolCallId())),
              verdict.said());
    };
  }

  private static @Nullable Long millis(@Nullable Duration timeout) {
    return timeout == null ? null : Long.valueOf(timeout.toMillis());
  }
}

package dev.syris.task.call;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.tool.ToolCallStatus;
import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.task.instance.Owner;
import dev.syris.task.tool.ToolRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final ToolRegistry registry;
  private final AutonomyLevel autonomy;
  private final CallAudits audits;
  private final InFlight inFlight;
  private final CallRunner runner;

  CallStarter(RuntimeParts parts, InFlight inFlight, CallRunner runner) {
    this.table = new CallTable(parts.jdbc());
    this.registry = parts.registry();
    this.autonomy = parts.autonomy();
    this.audits = new CallAudits(parts.autonomy());
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
   */
  public record Wish(
      ToolCallRequest request,
      int attempts,
      boolean kept,
      @Nullable Duration timeout,
      Binding binding) {}

  /** What a wish came to. */
  public sealed interface Begun {

    Wish wish();

    /** What the trail says of it. */
    List<AuditEvent> said();

    /** It is started, and to be sent after the commit. */
    record Started(Wish wish, StartedCall call, List<AuditEvent> said) implements Begun {}

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
   * Judges and starts each, in the caller's transaction.
   *
   * @throws FencedException where the owner has a successor
   */
  public List<Begun> begin(List<Wish> wishes, Claimed claimed, Owner owner, Instant now) {
    long beginNanos = System.nanoTime();
    wishes.forEach(wish -> claimed.begin(wish.request().toolCallId(), wish.attempts() + 1));
    var pending = new HashMap<Wish, PendingCall>();
    var rulings = new HashMap<Wish, Ruling>();
    for (Wish wish : wishes) {
      String hash = ReceivedCall.of(wish.request()).requestHash();
      var call = new PendingCall(wish.request(), hash, wish.attempts(), null);
      pending.put(wish, call);
      rulings.put(wish, judge(wish, call));
    }
    keepKeys(wishes, pending, rulings, now);
    insert(wishes, pending, rulings, owner, now);
    return write(wishes, pending, rulings, owner, now, beginNanos);
  }

  private Ruling judge(Wish wish, PendingCall call) {
    ToolCallRequest request = wish.request();
    var lookup = registry.find(request.tool(), request.action(), request.args());
    Ruling ruling = CallDecision.decide(call, lookup, autonomy);
    return ruling instanceof Ruling.Start(var registered, var findings) && wish.timeout() != null
        ? new Ruling.Start(registered.within(wish.timeout()), findings)
        : ruling;
  }

  /** A further attempt has the key of the one before it; the request must be the same. */
  private void keepKeys(
      List<Wish> wishes, Map<Wish, PendingCall> pending, Map<Wish, Ruling> rulings, Instant now) {
    List<PendingCall> starting =
        wishes.stream()
            .filter(wish -> rulings.get(wish) instanceof Ruling.Start)
            .map(pending::get)
            .toList();
    if (starting.isEmpty()) {
      return;
    }
    Set<String> kept = table.reserveAgain(starting, now);
    for (Wish wish : wishes) {
      if (rulings.get(wish) instanceof Ruling.Start(var _, var findings)
          && !kept.contains(wish.request().idempotencyKey())) {
        ErrorDetail conflict =
            ErrorDetail.permanent(
                "idempotency.conflict",
                "the idempotency key %s was used for another request"
                    .formatted(wish.request().idempotencyKey()));
        rulings.put(wish, new Ruling.Fail(conflict, findings));
      }
    }
  }

  /** New calls that start are one row version: received and started at once. */
  private void insert(
      List<Wish> wishes,
      Map<Wish, PendingCall> pending,
      Map<Wish, Ruling> rulings,
      Owner owner,
      Instant now) {
    var starting = new ArrayList<CallTable.FreshStart>();
    var others = new ArrayList<ReceivedCall>();
    for (Wish wish : wishes) {
      PendingCall call = pending.get(wish);
      if (wish.kept() || call == null) {
        continue;
      }
      var received = new ReceivedCall(wish.request(), call.requestHash());
      if (rulings.get(wish) instanceof Ruling.Start(var registered, var findings)) {
        Start start = Start.of(wish.request().toolCallId(), 1, registered, findings);
        starting.add(new CallTable.FreshStart(received, start, millis(wish.timeout())));
      } else {
        others.add(received);
      }
    }
    if (!starting.isEmpty() && !table.insertStarted(starting, owner, autonomy.name(), now)) {
      throw new FencedException(owner);
    }
    if (!others.isEmpty()) {
      table.insert(others, now);
    }
  }

  private List<Begun> write(
      List<Wish> wishes,
      Map<Wish, PendingCall> pending,
      Map<Wish, Ruling> rulings,
      Owner owner,
      Instant now,
      long beginNanos) {
    var begun = new ArrayList<Begun>();
    for (Wish wish : wishes) {
      var call = pending.get(wish);
      var ruling = rulings.get(wish);
      if (call == null || ruling == null) {
        continue;
      }
      var verdict = new Verdicts(audits, now, beginNanos);
      verdict.add(call, ruling, wish.binding());
      boolean written = ruling instanceof Ruling.Start && !wish.kept();
      if (!written) {
        verdict.write(table, owner, autonomy);
      }
      begun.add(begun(wish, ruling, verdict));
    }
    return begun;
  }

  private static Begun begun(Wish wish, Ruling ruling, Verdicts verdict) {
    return switch (ruling) {
      case Ruling.Start _ -> new Begun.Started(wish, verdict.started().getFirst(), verdict.said());
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

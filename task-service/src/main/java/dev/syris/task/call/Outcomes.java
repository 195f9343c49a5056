package dev.syris.task.call;

import static java.util.stream.Collectors.toMap;

import dev.syris.contracts.id.ToolCallId;
import dev.syris.platform.crash.CrashPoint;
import dev.syris.platform.outbox.Outbox;
import dev.syris.task.instance.Owner;
import dev.syris.task.tool.ActionDefinition;
import dev.syris.task.tool.ActionDefinition.Effect;
import dev.syris.task.tool.ToolAnswer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Records how attempts ended, several in one transaction, each only if nobody else has taken its
 * call meanwhile. What comes too late is kept as evidence. Effects in our own database are made
 * here, in the same transaction.
 */
final class Outcomes {

  private final CallTable table;
  private final Outbox outbox;
  private final TransactionTemplate transaction;
  private final InstantSource clock;
  private final CallAudits audits;
  private final InFlight inFlight;
  private final CallOwner callOwner;
  private final UnknownOutcomes unknown;

  Outcomes(RuntimeParts parts, InFlight inFlight, CallOwner callOwner) {
    this.table = new CallTable(parts.jdbc());
    this.outbox = parts.outbox();
    this.transaction = parts.transaction();
    this.clock = parts.clock();
    this.audits = new CallAudits();
    this.inFlight = inFlight;
    this.callOwner = callOwner;
    this.unknown = parts.unknown();
  }

  /** Records all or, where it throws, none; the answer is to be sent again. */
  List<StartedCall> record(List<Ending> endings, Owner owner) {
    var again = new ArrayList<StartedCall>();
    List<StartedCall> next =
        Claimed.run(
            inFlight,
            claimed -> {
              again.clear();
              return transaction.execute(_ -> recordIn(endings, owner, claimed, again));
            });
    again.addAll(next);
    CrashPoint.reach("outcome.after-commit");
    return again;
  }

  private List<StartedCall> recordIn(
      List<Ending> endings, Owner owner, Claimed claimed, List<StartedCall> again) {
    long begin = System.nanoTime();
    List<StartedCall> calls = endings.stream().map(Ending::call).toList();
    CallOwner.Hold hold = callOwner.hold(calls.stream().map(StartedCall::request).toList(), owner);
    Map<ToolCallId, Held> held =
        table.lockEnding(calls, owner).stream().collect(toMap(Held::id, Function.identity()));
    var words = new Words(audits, clock.instant(), hold, unknown);
    for (Ending ending : endings) {
      StartedCall call = ending.call();
      Held row = held.get(call.request().toolCallId());
      Held.Standing standing =
          row == null || !hold.has(call)
              ? Held.Standing.TAKEN
              : row.standing(owner, call.attempt());
      switch (standing) {
        case OPEN -> settle(ending, begin, words);
        case TAKEN -> keepIfAnswered(ending, words);
        case RECORDED -> keepIfAnotherAnswer(ending, row, words);
      }
    }
    List<StartedCall> next = words.write(table, outbox, owner, claimed);
    again.addAll(words.again());
    CrashPoint.reach("outcome.before-commit");
    return next;
  }

  private void settle(Ending ending, long begin, Words words) {
    StartedCall call = ending.call();
    switch (ending) {
      case Ending.Answered(var _, var answer, long latencyMs) ->
          record(call, Settlement.of(answer), latencyMs, words);
      case Ending.Applying(var _, var action) -> {
        ToolAnswer answer = action.apply(call.invocation());
        record(call, Settlement.of(answer), millisSince(begin), words);
      }
      case Ending.TimedOut(var _, long latencyMs) -> {
        ActionDefinition action = call.registered().definition();
        switch (Settlement.ofTimeout(
            action.effect(),
            call.attempt(),
            words.hold().wants(call) ? call.binding().lastSend() : 0,
            action.timeout().toMillis())) {
          case Settlement.Recorded recorded -> record(call, recorded, latencyMs, words);
          case Settlement.Again _ -> {
            words.again(call.again(clock.instant(), begin));
            words.hold().sentAgain(call);
          }
        }
      }
      case Ending.NotSent _ -> {
        if (words.hold().wants(call)) {
          words.again(call.again(clock.instant(), begin));
        } else {
          record(call, Settlement.of(Settlement.ofInterrupt(Effect.READ_ONLY)), 0, words);
        }
      }
    }
  }

  private static void record(
      StartedCall call, Settlement.Recorded outcome, long latencyMs, Words words) {
    words.recorded(call.request(), call.findings(), call.attempt(), outcome, latencyMs);
  }

  /**
   * A timeout went on record, and then the answer came; the same answer twice is a commit that was
   * not confirmed.
   */
  private static void keepIfAnotherAnswer(Ending ending, @Nullable Held row, Words words) {
    if (row != null
        && ending instanceof Ending.Answered answered
        && Settlement.of(answered.answer()).status() != row.status()) {
      keepIfAnswered(ending, words);
    }
  }

  private static void keepIfAnswered(Ending ending, Words words) {
    if (ending instanceof Ending.Answered(var call, var answer, var _)) {
      words.late(Late.of(call, answer));
    }
  }

  private static long millisSince(long beginNanos) {
    return (System.nanoTime() - beginNanos) / 1_000_000;
  }
}

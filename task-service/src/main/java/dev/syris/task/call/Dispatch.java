package dev.syris.task.call;

import dev.syris.contracts.id.ToolCallId;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.outbox.OutboxRecord;
import dev.syris.task.approval.Approvals;
import dev.syris.task.approval.Granted;
import dev.syris.task.instance.Owner;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes received calls whose turn it is and, in one transaction, judges each, reserves its key,
 * writes {@code STARTED} or the refusal, and says so. What it returns is committed and may be sent.
 * For one thread.
 */
final class Dispatch {

  private final CallTable table;
  private final Outbox outbox;
  private final TransactionTemplate transaction;
  private final Judge judge;
  private final Approvals approvals;
  private final InFlight inFlight;
  private final InstantSource clock;
  private final CallAudits audits;

  Dispatch(RuntimeParts parts, InFlight inFlight) {
    this.table = new CallTable(parts.jdbc());
    this.outbox = parts.outbox();
    this.transaction = parts.transaction();
    this.judge = new Judge(parts);
    this.approvals = parts.gate().approvals();
    this.inFlight = inFlight;
    this.clock = parts.clock();
    this.audits = new CallAudits();
  }

  /**
   * What one round took.
   *
   * @param started to be sent now
   * @param dealtWith calls that were judged
   * @param more whether others may be waiting
   */
  record Round(List<StartedCall> started, List<ToolCallId> dealtWith, boolean more) {}

  /**
   * Takes at most so many.
   *
   * @throws FencedException where another process has come in this one's place
   */
  Round next(Owner owner, int limit) {
    var more = new AtomicBoolean();
    var dealtWith = new ArrayList<ToolCallId>();
    List<StartedCall> started =
        Claimed.run(
            inFlight,
            claimed -> transaction.execute(_ -> next(owner, limit, claimed, dealtWith, more)));
    return new Round(started, dealtWith, more.get());
  }

  private List<StartedCall> next(
      Owner owner, int limit, Claimed claimed, List<ToolCallId> dealtWith, AtomicBoolean more) {
    long begin = System.nanoTime();
    Instant now = clock.instant();
    Bench bench = judge.open(now);
    List<PendingCall> pending =
        bench.paused() ? List.of() : withApprovals(table.lockReceived(limit));
    if (pending.isEmpty()) {
      return List.of();
    }
    pending.forEach(call -> claimed.begin(call.request().toolCallId(), call.attempts() + 1));
    var rulings = new LinkedHashMap<PendingCall, Ruling>();
    pending.forEach(call -> rulings.put(call, bench.judge(call, null)));
    leaveTakenKeys(rulings, now);
    rulings.keySet().forEach(call -> dealtWith.add(call.request().toolCallId()));
    more.set(pending.size() == limit || rulings.size() < pending.size());
    return write(rulings, owner, begin, bench);
  }

  private List<PendingCall> withApprovals(List<PendingCall> pending) {
    Map<ToolCallId, Granted> granted =
        approvals.granted(
            pending.stream()
                .filter(PendingCall::asked)
                .map(call -> call.request().toolCallId())
                .toList());
    return granted.isEmpty()
        ? pending
        : pending.stream()
            .map(call -> call.with(granted.get(call.request().toolCallId())))
            .toList();
  }

  /**
   * Of several with one key the first takes it; the others see in the next round what became of it.
   */
  private void leaveTakenKeys(Map<PendingCall, Ruling> rulings, Instant now) {
    var seen = new HashSet<String>();
    rulings
        .entrySet()
        .removeIf(entry -> starts(entry) && !seen.add(entry.getKey().request().idempotencyKey()));
    List<PendingCall> fresh =
        rulings.entrySet().stream()
            .filter(Dispatch::starts)
            .map(Map.Entry::getKey)
            .filter(c -> c.attempts() == 0)
            .toList();
    if (!fresh.isEmpty()) {
      Set<String> free = table.reserve(fresh, now);
      rulings
          .keySet()
          .removeIf(
              call -> fresh.contains(call) && !free.contains(call.request().idempotencyKey()));
    }
  }

  private static boolean starts(Map.Entry<PendingCall, Ruling> entry) {
    return entry.getValue() instanceof Ruling.Start;
  }

  private List<StartedCall> write(
      Map<PendingCall, Ruling> rulings, Owner owner, long begin, Bench bench) {
    var verdicts = new Verdicts(audits, approvals, bench, begin);
    rulings.forEach((call, ruling) -> verdicts.add(call, ruling, Binding.FREE));
    verdicts.write(table, owner);
    outbox.append(verdicts.said().stream().map(OutboxRecord::audit).toList());
    return verdicts.started();
  }
}

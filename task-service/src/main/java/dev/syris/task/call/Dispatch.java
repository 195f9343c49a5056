package dev.syris.task.call;

import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.outbox.OutboxRecord;
import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.task.instance.Owner;
import dev.syris.task.tool.ToolRegistry;
import java.time.Instant;
import java.time.InstantSource;
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
  private final ToolRegistry registry;
  private final InFlight inFlight;
  private final InstantSource clock;
  private final AutonomyLevel autonomy;
  private final CallAudits audits;

  Dispatch(RuntimeParts parts, InFlight inFlight) {
    this.table = new CallTable(parts.jdbc());
    this.outbox = parts.outbox();
    this.transaction = parts.transaction();
    this.registry = parts.registry();
    this.inFlight = inFlight;
    this.clock = parts.clock();
    this.autonomy = parts.autonomy();
    this.audits = new CallAudits(parts.autonomy());
  }

  /**
   * What one round took.
   *
   * @param started to be sent now
   * @param more whether others may be waiting
   */
  record Round(List<StartedCall> started, boolean more) {}

  /**
   * Takes at most so many.
   *
   * @throws FencedException where another process has come in this one's place
   */
  Round next(Owner owner, int limit) {
    var more = new AtomicBoolean();
    List<StartedCall> started =
        Claimed.run(
            inFlight, claimed -> transaction.execute(_ -> next(owner, limit, claimed, more)));
    return new Round(started, more.get());
  }

  private List<StartedCall> next(Owner owner, int limit, Claimed claimed, AtomicBoolean more) {
    long begin = System.nanoTime();
    List<PendingCall> pending = table.lockReceived(limit);
    if (pending.isEmpty()) {
      return List.of();
    }
    pending.forEach(call -> claimed.begin(call.request().toolCallId(), call.attempts() + 1));
    Instant now = clock.instant();
    var rulings = new LinkedHashMap<PendingCall, Ruling>();
    pending.forEach(call -> rulings.put(call, judge(call)));
    leaveTakenKeys(rulings, now);
    more.set(pending.size() == limit || rulings.size() < pending.size());
    return write(rulings, owner, begin, now);
  }

  private Ruling judge(PendingCall call) {
    var request = call.request();
    return CallDecision.decide(
        call, registry.find(request.tool(), request.action(), request.args()), autonomy);
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
      Map<PendingCall, Ruling> rulings, Owner owner, long begin, Instant now) {
    var verdicts = new Verdicts(audits, now, begin);
    rulings.forEach((call, ruling) -> verdicts.add(call, ruling, Binding.FREE));
    verdicts.write(table, owner, autonomy);
    outbox.append(verdicts.said().stream().map(OutboxRecord::audit).toList());
    return verdicts.started();
  }
}

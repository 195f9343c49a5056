package dev.syris.task.call;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.ToolCallStatus;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.outbox.OutboxRecord;
import dev.syris.task.gate.Autonomy;
import dev.syris.task.instance.Owner;
import dev.syris.task.tool.ToolRegistry;
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
  private final ToolRegistry registry;
  private final InFlight inFlight;
  private final InstantSource clock;
  private final Autonomy autonomy;
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
    var started = new ArrayList<StartedCall>();
    var starts = new ArrayList<Start>();
    var settled = new ArrayList<Settled>();
    var said = new ArrayList<AuditEvent>();
    rulings.forEach(
        (call, ruling) -> {
          var request = call.request();
          ToolCallId id = request.toolCallId();
          int attempt = call.attempts() + 1;
          switch (ruling) {
            case Ruling.Start(var registered, var findings) -> {
              starts.add(Start.of(id, attempt, registered, findings));
              said.add(audits.attempted(request, findings, attempt, registered.version(), now));
              long sendBy = begin + Start.MARGIN.toNanos();
              started.add(new StartedCall(request, registered, findings, attempt, now, sendBy));
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
        });
    if (!starts.isEmpty() && !table.start(starts, owner, autonomy.name(), now)) {
      throw new FencedException(owner);
    }
    if (!settled.isEmpty() && !table.settle(settled, owner, autonomy.name(), now)) {
      throw new FencedException(owner);
    }
    outbox.append(said.stream().map(OutboxRecord::audit).toList());
    return started;
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

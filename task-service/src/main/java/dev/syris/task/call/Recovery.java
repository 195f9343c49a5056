package dev.syris.task.call;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.platform.outbox.Outbox;
import dev.syris.task.control.Controls;
import dev.syris.task.instance.Owner;
import dev.syris.task.tool.ToolRegistry;
import dev.syris.task.tool.ToolRegistry.Lookup;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes over calls that were started by a process that is gone: a former self's at once, another's
 * when its lease is over. What may be repeated is, with the same key; the rest is unknown and
 * raises an alarm. For the dispatch thread.
 */
final class Recovery {

  private final CallTable table;
  private final Outbox outbox;
  private final TransactionTemplate transaction;
  private final ToolRegistry registry;
  private final InFlight inFlight;
  private final InstantSource clock;
  private final CallAudits audits;
  private final Controls controls;
  private final UnknownOutcomes unknown;

  Recovery(RuntimeParts parts, InFlight inFlight) {
    this.table = new CallTable(parts.jdbc());
    this.outbox = parts.outbox();
    this.transaction = parts.transaction();
    this.registry = parts.registry();
    this.inFlight = inFlight;
    this.clock = parts.clock();
    this.audits = new CallAudits();
    this.controls = parts.gate().controls();
    this.unknown = parts.unknown();
  }

  /** Takes over at most so many; the answer is committed and to be sent. */
  List<StartedCall> next(Owner owner, int limit) {
    return Claimed.run(inFlight, claimed -> transaction.execute(_ -> next(owner, limit, claimed)));
  }

  private List<StartedCall> next(Owner owner, int limit, Claimed claimed) {
    if (controls.hold(clock.instant()).paused()) {
      return List.of();
    }
    List<Orphan> orphans = table.lockOrphans(owner, inFlight.ids(), limit);
    if (orphans.isEmpty()) {
      return List.of();
    }
    var words = new Words(
            audits, clock.instant(), CallOwner.NOBODY.hold(List.of(), owner), unknown);
    takeOver(orphans, _ -> Binding.FREE, words, claimed);
    words.write(table, outbox, owner, claimed);
    return words.again();
  }

  /** Each is started once more, or goes on record as it is. */
  private void takeOver(
      List<Orphan> orphans,
      Function<ToolCallRequest, @Nullable Binding> bindings,
      Words words,
      Claimed claimed) {
    long begin = System.nanoTime();
    orphans.forEach(orphan -> claimed.begin(orphan.request().toolCallId(), orphan.attempt() + 1));
    for (Orphan orphan : orphans) {
      Optional<ToolRegistry.Registered> found = find(orphan);
      Findings findings = findings(orphan, found);
      Binding binding = bindings.apply(orphan.request());
      boolean repeatable = found.isPresent() && binding != null;
      Settlement settlement =
          Settlement.ofOrphan(orphan.effect(), repeatable, orphan.neverSent(), orphan.attempt());
      switch (settlement) {
        case Settlement.Again _ ->
            words.again(
                new StartedCall(
                    orphan.request(),
                    found.orElseThrow(),
                    findings,
                    orphan.attempt() + 1,
                    clock.instant(),
                    StartedCall.sendBy(begin),
                    Objects.requireNonNull(binding)));
        case Settlement.Recorded recorded ->
            words.recorded(orphan.request(), findings, orphan.attempt(), recorded, 0);
      }
    }
  }

  /**
   * Takes over the calls of tasks that are taken over, in the caller's transaction, which has the
   * tasks locked.
   *
   * @param bindings what ties each to its new owner; null where it is not to be sent again
   * @param said what the trail says before it
   * @return calls to be sent when the transaction has committed
   */
  List<StartedCall> takeOver(
      Collection<String> tasks,
      Function<ToolCallRequest, @Nullable Binding> bindings,
      CallOwner.Hold hold,
      List<AuditEvent> said,
      Claimed claimed,
      Owner owner) {
    var words = new Words(audits, clock.instant(), hold, unknown);
    said.forEach(words::say);
    takeOver(table.lockOrphans(owner, tasks), bindings, words, claimed);
    List<StartedCall> next = new ArrayList<>(words.write(table, outbox, owner, claimed));
    next.addAll(words.again());
    return next;
  }

  private Optional<ToolRegistry.Registered> find(Orphan orphan) {
    var request = orphan.request();
    return registry.find(request.tool(), request.action(), request.args())
                instanceof Lookup.Found(var registered)
            && registered.bar() == null
        ? Optional.of(orphan.timeout() == null ? registered : registered.within(orphan.timeout()))
        : Optional.empty();
  }

  /** It was judged when it was first started, which is what is said of it. */
  private Findings findings(Orphan orphan, Optional<ToolRegistry.Registered> found) {
    Findings none = Findings.none(orphan.request().grantedScopes());
    return found
        .map(one -> none.needing(one.definition().scopes()))
        .orElse(none)
        .risking(orphan.risk());
  }
}

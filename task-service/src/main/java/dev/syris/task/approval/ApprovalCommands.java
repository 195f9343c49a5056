package dev.syris.task.approval;

import dev.syris.contracts.approval.ApprovalStatus;
import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.AuditType;
import dev.syris.contracts.id.ApprovalId;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.tool.ToolCallStatus;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.outbox.OutboxRecord;
import dev.syris.platform.postgres.AfterCommit;
import dev.syris.task.policy.Policies;
import dev.syris.task.tool.ToolRegistry;
import dev.syris.task.tool.ToolRegistry.Lookup;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes answers. Each is one transaction that locks, in this order, the task the call is a step of,
 * the call, the approval: of many answers at once the first counts, the others see it. Thread-safe.
 */
public final class ApprovalCommands {

  private static final AuditActor CLOCK = AuditActor.system("task-service");
  private static final int BATCH = 100;

  private final ApprovalTable table;
  private final CallsInWaiting calls;
  private final TransactionTemplate transaction;
  private final Outbox outbox;
  private final ToolRegistry registry;
  private final Policies policies;
  private final IdSource ids;
  private final InstantSource clock;

  public ApprovalCommands(
      JdbcClient jdbc,
      CallsInWaiting calls,
      TransactionTemplate transaction,
      Outbox outbox,
      ToolRegistry registry,
      Policies policies,
      IdSource ids,
      InstantSource clock) {
    this.table = new ApprovalTable(jdbc);
    this.calls = calls;
    this.transaction = transaction;
    this.outbox = outbox;
    this.registry = registry;
    this.policies = policies;
    this.ids = ids;
    this.clock = clock;
  }

  /** What became of an answer. */
  public sealed interface Result {
    /** It counts. */
    record Taken() implements Result {}

    record NoSuchApproval() implements Result {}

    /** Somebody was faster, or it is too late. */
    record WrongState(ApprovalStatus status) implements Result {}

    /** Whoever wants the call can't approve it. */
    record OwnRequest() implements Result {}

    /** What was asked is not what would run now; it is asked anew. */
    record WentStale(String because) implements Result {}
  }

  /**
   * Takes an answer.
   *
   * @param requester whether whoever answers is this one, who may not approve; of the trail's form
   */
  public Result answer(ApprovalId id, Answer answer, AuditActor by, Predicate<String> requester) {
    Optional<ApprovalTable.Row> found = table.find(id);
    if (found.isEmpty()) {
      return new Result.NoSuchApproval();
    }
    ApprovalTable.Row asked = found.get();
    boolean own =
        asked.requestedBy().type().equals("token") && requester.test(asked.requestedBy().id());
    if (own && answer.approved()) {
      return new Result.OwnRequest();
    }
    ToolCallRequest request = calls.request(asked.call());
    Result result = transaction.execute(_ -> answerIn(id, request, answer, by));
    AfterCommit.run(calls::wake);
    return result == null ? new Result.NoSuchApproval() : result;
  }

  private Result answerIn(ApprovalId id, ToolCallRequest request, Answer answer, AuditActor by) {
    CallsInWaiting.Held held = calls.hold(request);
    ApprovalTable.Row row = table.lock(id).orElseThrow();
    Instant now = clock.instant();
    boolean over = !row.terms().expiresAt().isAfter(now);
    if (row.status() != ApprovalStatus.PENDING || over || !held.waits()) {
      return new Result.WrongState(
          row.status() == ApprovalStatus.PENDING ? ApprovalStatus.EXPIRED : row.status());
    }
    var said = new ArrayList<AuditEvent>();
    String stale = answer.approved() ? staleBecause(row, request, now) : null;
    Result result;
    if (stale != null) {
      table.goStale(id, stale);
      held.goOn(said);
      result = new Result.WentStale(stale);
    } else {
      String verb = answer.approved() ? "approve" : "deny";
      var auditId = new AuditId(ids.next());
      said.add(ApprovalAudits.operatorAction(verb, auditId, row, request, answer, by, now));
      decide(row, request, answer, by, now, held, said);
      result = new Result.Taken();
    }
    outbox.append(said.stream().map(OutboxRecord::audit).toList());
    return result;
  }

  private void decide(
      ApprovalTable.Row row,
      ToolCallRequest request,
      Answer answer,
      AuditActor by,
      Instant now,
      CallsInWaiting.Held held,
      List<AuditEvent> said) {
    if (answer.approved()) {
      table.decide(row.id(), ApprovalStatus.APPROVED, answer, by, now);
      said.add(ApprovalAudits.decided(AuditType.GATE_APPROVED, row, request, answer, by, now));
      held.goOn(said);
    } else {
      table.decide(row.id(), ApprovalStatus.DENIED, answer, by, now);
      said.add(ApprovalAudits.decided(AuditType.GATE_DENIED, row, request, answer, by, now));
      String why = answer.reason() == null ? "" : ": " + answer.reason();
      held.refuse(
          ToolCallStatus.DENIED,
          ErrorDetail.permanent("gate.denied", "the operator denied it" + why),
          now,
          said);
    }
  }

  private @Nullable String staleBecause(
      ApprovalTable.Row row, ToolCallRequest request, Instant now) {
    return registry.find(request.tool(), request.action()) instanceof Lookup.Found(var registered)
        ? row.terms()
            .staleBecause(
                new Granted.Terms(
                    row.terms().requestHash(),
                    registered.version(),
                    policies.current().version(),
                    null),
                now)
        : "the tool has gone";
  }

  /** Refuses the calls nobody answered in time; says when the next one is due. */
  public Optional<Instant> expire() {
    List<ApprovalId> due = table.due(clock.instant(), BATCH);
    while (!due.isEmpty()) {
      due.forEach(this::expire);
      due = due.size() < BATCH ? List.of() : table.due(clock.instant(), BATCH);
    }
    return table.nextExpiry();
  }

  private void expire(ApprovalId id) {
    ApprovalTable.Row asked = table.find(id).orElseThrow();
    ToolCallRequest request = calls.request(asked.call());
    transaction.executeWithoutResult(_ -> expireIn(id, request));
    calls.wake();
  }

  private void expireIn(ApprovalId id, ToolCallRequest request) {
    CallsInWaiting.Held held = calls.hold(request);
    ApprovalTable.Row row = table.lock(id).orElseThrow();
    if (row.status() != ApprovalStatus.PENDING || !held.waits()) {
      return; // another instance, or an answer, was faster
    }
    Instant now = clock.instant();
    var said = new ArrayList<AuditEvent>();
    var silence = new Answer(false, null, "clock");
    table.decide(id, ApprovalStatus.EXPIRED, silence, CLOCK, now);
    said.add(ApprovalAudits.decided(AuditType.GATE_EXPIRED, row, request, silence, CLOCK, now));
    held.refuse(
        ToolCallStatus.EXPIRED,
        ErrorDetail.permanent(
            "gate.expired", "nobody approved it until " + row.terms().expiresAt()),
        now,
        said);
    outbox.append(said.stream().map(OutboxRecord::audit).toList());
  }

  /** The Approval of the contracts, as JSON in UTF-8. */
  public Optional<byte[]> show(ApprovalId id) {
    return table.show(id);
  }
}

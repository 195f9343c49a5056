package dev.syris.task.engine;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.control.SystemStatus;
import dev.syris.contracts.id.TaskId;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.Requester;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.tool.ToolCallStatus;
import dev.syris.rules.condition.Surroundings;
import dev.syris.task.call.Bench;
import dev.syris.task.call.Binding;
import dev.syris.task.call.CallStarter.Begun;
import dev.syris.task.call.CallStarter.Wish;
import dev.syris.task.call.Claimed;
import dev.syris.task.call.StartedCall;
import dev.syris.task.engine.TaskCommand.Beginning;
import dev.syris.task.engine.TaskCommand.Outcome;
import dev.syris.task.instance.Owner;
import dev.syris.task.status.SystemStatusTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Begins whatever steps have their turn, in the transaction under way: the same after a claim and
 * after a checkpoint, so that the next step starts in the transaction that ends the one before.
 */
final class Advance {

  /** Steps of one task that may be passed over in one transaction; then others have their turn. */
  private static final int ROUNDS = 16;

  /** How often an unanswered call is sent before the step counts it as failed. */
  private static final int SENDS = 3;

  private final EngineParts parts;
  private final TaskQueries queries;
  private final SystemStatusTable status;

  Advance(EngineParts parts) {
    this.parts = parts;
    this.queries = new TaskQueries(parts.jdbc());
    this.status = new SystemStatusTable(parts.jdbc());
  }

  private record Turn(TaskWork work, StepRow step, Wish wish) {}

  /** Begins steps until each task has a call under way, waits, or is over. */
  List<StartedCall> begin(
      Collection<TaskWork> works, Claimed claimed, Owner me, Bench bench, List<AuditEvent> said) {
    Instant now = bench.now();
    var started = new ArrayList<StartedCall>();
    List<TaskWork> turns = works.stream().filter(work -> work.hasTurn(now)).toList();
    for (int round = 0; round < ROUNDS && !turns.isEmpty(); round++) {
      readNextSteps(turns);
      started.addAll(round(turns, claimed, me, bench, said));
      turns = turns.stream().filter(work -> work.hasTurn(now)).toList();
    }
    return started;
  }

  private void readNextSteps(List<TaskWork> works) {
    List<TaskWork> lacking = works.stream().filter(work -> work.current().isEmpty()).toList();
    if (lacking.isEmpty()) {
      return;
    }
    Map<TaskId, TaskWork> byId = new HashMap<>();
    lacking.forEach(work -> byId.put(work.row().id(), work));
    for (var found : queries.frontier(lacking)) {
      TaskWork work = byId.remove(found.task());
      if (work != null) {
        work.add(found.step());
      }
    }
    if (!byId.isEmpty()) {
      throw new IllegalStateException("tasks without an open step are not over: " + byId.keySet());
    }
  }

  private List<StartedCall> round(
      List<TaskWork> works, Claimed claimed, Owner me, Bench bench, List<AuditEvent> said) {
    Instant now = bench.now();
    Map<TaskId, ObjectNode> outputs = outputs(works);
    var surroundings = new Surroundings(now, bench.level(), status(works));
    var turns = new HashMap<ToolCallId, Turn>();
    var wishes = new ArrayList<Wish>();
    for (TaskWork work : works) {
      StepRow step = work.current().orElseThrow();
      switch (StepPreparation.of(step, () -> document(work, outputs), surroundings)) {
        case StepPreparation.Prepared.Settled(Beginning how) ->
            tell(work, new TaskCommand.Begin(step.plan().position(), how), now, said);
        case StepPreparation.Prepared.Call(ObjectNode args) -> {
          Wish wish = wish(work, step, args, me, now);
          wishes.add(wish);
          turns.put(wish.request().toolCallId(), new Turn(work, step, wish));
        }
      }
    }
    var started = new ArrayList<StartedCall>();
    List<Begun> begun =
        wishes.isEmpty() ? List.of() : parts.starter().begin(wishes, claimed, me, bench);
    for (Begun one : begun) {
      Turn turn = turns.get(one.wish().request().toolCallId());
      if (turn != null) {
        begin(turn, one, now, started, said);
      }
    }
    return started;
  }

  /** How the system fares; looked up only where a condition may ask. */
  private SystemStatus status(List<TaskWork> works) {
    boolean asked =
        works.stream().anyMatch(work -> work.current().orElseThrow().plan().condition() != null);
    return asked ? status.now() : SystemStatus.HEALTHY;
  }

  private void begin(
      Turn turn, Begun begun, Instant now, List<StartedCall> started, List<AuditEvent> said) {
    ToolCallRequest request = begun.wish().request();
    int position = turn.step().plan().position();
    turn.work().calls(position, request.toolCallId(), request.idempotencyKey(), now);
    Beginning how =
        begun instanceof Begun.Waits ? new Beginning.AwaitApproval() : new Beginning.Run();
    tell(turn.work(), new TaskCommand.Begin(position, how), now, said);
    said.addAll(begun.said());
    switch (begun) {
      case Begun.Started(var _, StartedCall call, var _) -> started.add(call);
      case Begun.Waits _ -> {}
      case Begun.Refused(var _, var _, var error, var _) ->
          tell(turn.work(), new TaskCommand.Settle(position, new Outcome.Failed(error)), now, said);
    }
  }

  private void tell(TaskWork work, TaskCommand command, Instant now, List<AuditEvent> said) {
    TaskDecision decision =
        work.tell(command, TaskAudits.ENGINE, now, parts.random().getAsDouble(), said);
    if (decision instanceof TaskDecision.Rejected(String code, String message)) {
      throw new IllegalStateException("task %s: %s: %s".formatted(work.row().id(), code, message));
    }
  }

  private Wish wish(TaskWork work, StepRow step, ObjectNode args, Owner me, Instant now) {
    work.own(me);
    TaskRow task = work.row();
    StepPlan plan = step.plan();
    StepRow.LastCall last = step.lastCall();
    StepRow.LastCall kept =
        last != null
                && last.status() == ToolCallStatus.RECEIVED
                && last.id().equals(step.progress().toolCallId())
            ? last
            : null;
    int attempt = step.state().attempt() + 1;
    String taskId = task.id().toString();
    var request =
        new ToolCallRequest(
            kept != null ? kept.id() : callId(plan, step.state().run(), attempt),
            task.traceId(),
            task.triggerEventId(),
            taskId,
            plan.id().toString(),
            required(plan.tool()),
            required(plan.action()),
            args,
            key(task.id(), plan.position(), step.state().run()),
            new Requester("task", taskId),
            task.grantedScopes(),
            task.depth(),
            now);
    int sent = kept != null ? kept.attempts() : 0;
    int spare = Math.min(SENDS - 1, step.state().maxAttempts() - attempt);
    return new Wish(
        request,
        sent,
        kept != null,
        plan.timeoutMs() == null ? null : Duration.ofMillis(plan.timeoutMs()),
        task.autonomyAtStart(),
        task.requestedBy(),
        new Binding(work.epoch(), sent + 1 + spare));
  }

  private static String required(@Nullable String text) {
    if (text == null) {
      throw new IllegalStateException("a step without a tool is not called");
    }
    return text;
  }

  private static ToolCallId callId(StepPlan plan, int run, int attempt) {
    return new ToolCallId(
        Uuids.named(
            "step-call", plan.id().toString(), Integer.toString(run), Integer.toString(attempt)));
  }

  /** Hash of origin, position and run: the same for every attempt. */
  private static String key(TaskId task, int position, int run) {
    return Uuids.named(
            "step-key", task.toString(), Integer.toString(position), Integer.toString(run))
        .toString();
  }

  private Map<TaskId, ObjectNode> outputs(List<TaskWork> works) {
    var wanted = new HashMap<TaskId, List<String>>();
    for (TaskWork work : works) {
      List<String> reads = work.current().orElseThrow().plan().reads();
      if (!reads.isEmpty()) {
        wanted.put(work.row().id(), reads);
      }
    }
    Map<TaskId, ObjectNode> outputs = queries.outputs(wanted);
    for (TaskWork work : works) { // what this transaction has not written yet
      work.addFresh(outputs, wanted.getOrDefault(work.row().id(), List.of()));
    }
    return outputs;
  }

  private static ObjectNode document(TaskWork work, Map<TaskId, ObjectNode> outputs) {
    ObjectNode document = Json.object();
    document.set("input", work.row().input().node());
    JsonText event = work.row().event();
    if (event != null) {
      document.set("event", event.node());
    }
    ObjectNode steps = outputs.get(work.row().id());
    document.set("steps", steps == null ? Json.object() : steps);
    return document;
  }
}

package dev.syris.task.engine;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.TaskId;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.task.StepStatus;
import dev.syris.contracts.task.TaskStatus;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.task.instance.Owner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One locked task and what one transaction makes of it. The one place where a task changes: each
 * accepted command changes its state, is noted for its rows, and said. For one transaction.
 */
final class TaskWork {

  private static final int FAILURES_KEPT = 20;

  private final TaskRow row;
  private final TaskAudits audits;
  private final SortedMap<Integer, StepRow> steps = new TreeMap<>();
  private final List<TaskStatus> statuses = new ArrayList<>();
  private final Map<Integer, List<StepStatus>> stepStatuses = new HashMap<>();
  private final List<TaskEvent> events = new ArrayList<>();
  private TaskState state;
  private @Nullable Owner owner;
  private long epoch;
  private @Nullable ErrorDetail error;
  private @Nullable String cancelReason;

  TaskWork(TaskRow row, TaskAudits audits) {
    this.row = row;
    this.audits = audits;
    this.state = new TaskState(row.status(), row.stepCount(), new TreeMap<>());
    this.owner = row.owner();
    this.epoch = row.epoch();
  }

  TaskRow row() {
    return row;
  }

  TaskState state() {
    return state;
  }

  long epoch() {
    return epoch;
  }

  /** What happened in this transaction, in order. */
  List<TaskEvent> events() {
    return events;
  }

  /** Adds a step that was read. */
  void add(StepRow step) {
    steps.put(step.plan().position(), step);
    state = state.with(step.state());
  }

  Optional<StepRow> current() {
    return state.current().map(step -> step(step.position()));
  }

  StepRow step(int position) {
    StepRow step = steps.get(position);
    if (step == null) {
      throw new IllegalArgumentException(
          "step %d of task %s was not read".formatted(position, row.id()));
    }
    return step;
  }

  Optional<StepRow> stepOf(ToolCallId call) {
    return steps.values().stream()
        .filter(step -> call.equals(step.progress().toolCallId()))
        .findFirst();
  }

  /** From here on it is this instance's, and nobody's who had it before. */
  void own(Owner me) {
    owner = me;
    epoch++;
  }

  /** Decides, and does what was decided. */
  TaskDecision tell(
      TaskCommand command, AuditActor actor, Instant now, double random, List<AuditEvent> said) {
    TaskDecision decision = TaskCore.decide(state, command, now, random);
    if (decision instanceof TaskDecision.Accepted(List<TaskEvent> happened)) {
      happened.forEach(event -> happen(event, actor, now, said));
    }
    return decision;
  }

  /** The call of a step that has just started. */
  void calls(int position, ToolCallId call, String key, Instant now) {
    StepRow step = step(position);
    steps.put(position, step.with(step.progress().started(call, key, now)));
  }

  /** Adds what steps came to in this transaction to what the database has of them. */
  void addFresh(Map<TaskId, ObjectNode> outputs, List<String> names) {
    for (StepRow step : steps.values()) {
      if (names.contains(step.plan().name())) {
        ObjectNode known = outputs.computeIfAbsent(row.id(), _ -> Json.object());
        ObjectNode fresh = Json.object().put("status", step.state().status().wire());
        if (step.progress().output() != null) {
          fresh.set("output", step.progress().output());
        }
        known.set(step.plan().name(), fresh);
      }
    }
  }

  /** Calls of steps that were canceled before they were made. */
  List<ToolCallId> canceledCalls() {
    return steps.values().stream()
        .filter(step -> state.step(step.plan().position()).status() == StepStatus.CANCELED)
        .flatMap(step -> Stream.ofNullable(step.progress().toolCallId()))
        .toList();
  }

  /** From which position on steps are to be read. */
  int nextPosition() {
    return steps.isEmpty() ? 0 : steps.lastKey() + 1;
  }

  private void happen(TaskEvent event, AuditActor actor, Instant now, List<AuditEvent> said) {
    state = TaskEvolution.evolve(state, event);
    events.add(event);
    if (event instanceof TaskEvent.OfStep ofStep) {
      int position = ofStep.position();
      StepRow step = step(position).with(state.step(position));
      steps.put(position, step.with(progress(step.progress(), event, now)));
      note(stepStatuses.computeIfAbsent(position, _ -> new ArrayList<>()), step.state().status());
    } else {
      note(statuses, state.status());
      switch (event) {
        case TaskEvent.TaskFailed(ErrorDetail why) -> error = why;
        case TaskEvent.TaskCanceling(String why) -> cancelReason = why;
        case TaskEvent.TaskCanceled(String why) when why != null -> cancelReason = why;
        default -> {}
      }
    }
    audits.of(this, event, actor, now).ifPresent(said::add);
  }

  private static <S> void note(List<S> path, S status) {
    if (path.isEmpty() || path.getLast() != status) {
      path.add(status);
    }
  }

  private static StepRow.Progress progress(
      StepRow.Progress progress, TaskEvent event, Instant now) {
    return switch (event) {
      case TaskEvent.StepSucceeded(var _, var output) -> progress.ended(output, null, now);
      case TaskEvent.StepSkipped _ -> progress.ended(null, null, now);
      case TaskEvent.StepRetries(var _, int attempt, var failure, var _) ->
          progress.ended(null, failure, null).kept(history(progress, attempt, failure, now));
      case TaskEvent.StepFailed(var _, int attempt, var failure) ->
          progress.ended(null, failure, now).kept(history(progress, attempt, failure, now));
      case TaskEvent.StepUnknown(var _, var _, var failure) -> progress.ended(null, failure, null);
      case TaskEvent.StepCanceled(var _, var failure) -> progress.ended(null, failure, now);
      case TaskEvent.StepRepeated _ -> progress.ended(null, null, null);
      default -> progress;
    };
  }

  private static ObjectNode history(
      StepRow.Progress progress, int attempt, ErrorDetail failure, Instant now) {
    ObjectNode history =
        progress.checkpoint() == null ? Json.object() : progress.checkpoint().deepCopy();
    ArrayNode failures =
        history.get("failures") instanceof ArrayNode known ? known : history.putArray("failures");
    failures
        .addObject()
        .put("attempt", attempt)
        .put("code", failure.code())
        .put("message", failure.message())
        .put("at", InstantCodec.format(now));
    while (failures.size() > FAILURES_KEPT) {
      failures.remove(0);
    }
    return history;
  }

  /** What its row becomes. */
  TaskTable.TaskChange change(Instant now) {
    boolean calling = state.isCalling();
    return new TaskTable.TaskChange(
        row.id(),
        statuses.isEmpty() ? List.of(state.status()) : statuses,
        state.waitingFor(),
        readyAt(now),
        calling ? owner : null,
        epoch,
        error,
        cancelReason,
        state.isOver() ? now : null);
  }

  /** What the rows of its steps become; those nothing happened to are left out. */
  List<TaskTable.StepChange> stepChanges() {
    return stepStatuses.entrySet().stream()
        .map(entry -> new TaskTable.StepChange(step(entry.getKey()), entry.getValue()))
        .toList();
  }

  /** From when on anybody may claim it. */
  private @Nullable Instant readyAt(Instant now) {
    boolean open = state.status() == TaskStatus.PENDING || state.status() == TaskStatus.RUNNING;
    StepState current = open ? state.current().orElse(null) : null;
    if (!open || state.isCalling()) {
      return null;
    } else if (current == null) {
      return now;
    }
    return switch (current.status()) {
      case PENDING -> current.dueAt() == null ? now : current.dueAt();
      case WAITING -> current.dueAt();
      case RUNNING, SUCCEEDED, FAILED, UNKNOWN, SKIPPED, CANCELED -> null;
    };
  }

  /** Whether its next step's turn is now. */
  boolean hasTurn(Instant now) {
    Instant ready = readyAt(now);
    return ready != null && !ready.isAfter(now);
  }
}

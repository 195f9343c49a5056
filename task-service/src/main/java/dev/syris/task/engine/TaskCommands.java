package dev.syris.task.engine;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.TaskId;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import dev.syris.contracts.task.StepStatus;
import dev.syris.contracts.task.TaskStatus;
import dev.syris.platform.outbox.OutboxRecord;
import dev.syris.platform.postgres.AfterCommit;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a person may ask of a task. Each is one transaction: the task's row is locked, the core
 * decides, rows and trail are written. Thread-safe.
 */
public final class TaskCommands {

  private static final int MAX_REASON = 500;

  private final EngineParts parts;
  private final TaskQueries queries;
  private final TaskBatch batch;
  private final TaskAudits audits;

  TaskCommands(EngineParts parts, TaskBatch batch) {
    this.parts = parts;
    this.queries = new TaskQueries(parts.jdbc());
    this.batch = batch;
    this.audits = new TaskAudits(parts.ids());
  }

  /** Starts nothing more of it; what is under way ends and is recorded. */
  public void pause(TaskId task, AuditActor by) {
    execute(task, by, "pause", _ -> new TaskCommand.Pause(), null);
  }

  public void resume(TaskId task, AuditActor by) {
    execute(task, by, "resume", _ -> new TaskCommand.Resume(), null);
  }

  /** Ends it; a call that is under way is interrupted. */
  public void cancel(TaskId task, AuditActor by, @Nullable String reason) {
    execute(task, by, "cancel", _ -> new TaskCommand.Cancel(reason), reason)
        .ifPresent(call -> AfterCommit.run(() -> parts.starter().interrupt(call)));
  }

  /**
   * Takes a failed task up again.
   *
   * @param fromStep name of the step to begin with; the one that failed where null
   */
  public void retry(TaskId task, AuditActor by, @Nullable String fromStep) {
    execute(
        task,
        by,
        "retry",
        work -> new TaskCommand.Retry(fromStep == null ? null : position(work, fromStep)),
        fromStep == null ? null : "from step " + fromStep);
  }

  /** Makes the command for the task as it was found. */
  private interface Asked {
    TaskCommand of(TaskWork work);
  }

  /** The call that is under way afterwards; nothing where none is. */
  private Optional<ToolCallId> execute(
      TaskId id, AuditActor by, String verb, Asked asked, @Nullable String reason) {
    Optional<ToolCallId> calling =
        parts.transaction().execute(_ -> executeIn(id, by, verb, asked, reason));
    return calling == null ? Optional.empty() : calling;
  }

  private Optional<ToolCallId> executeIn(
      TaskId id, AuditActor by, String verb, Asked asked, @Nullable String reason) {
    TaskRow row =
        queries.lock(List.of(id.toString())).stream().findFirst().orElseThrow(() -> missing(id));
    var work = new TaskWork(row, audits);
    queries.steps(id).forEach(step -> work.add(step.step()));
    Instant now = parts.clock().instant();
    var said = new ArrayList<AuditEvent>();
    said.add(operatorAction(row, by, verb, reason, now));
    TaskDecision decision = work.tell(asked.of(work), by, now, parts.random().getAsDouble(), said);
    if (decision instanceof TaskDecision.Rejected rejected) {
      throw refused(row, verb, rejected);
    }
    batch.write(List.of(work), now);
    if (work.state().status() == TaskStatus.CANCELED) {
      work.canceledCalls().forEach(call -> parts.starter().cancel(call, now));
    }
    parts.outbox().append(said.stream().map(OutboxRecord::audit).toList());
    return work.current()
        .filter(step -> step.state().status() == StepStatus.RUNNING)
        .map(step -> step.progress().toolCallId());
  }

  private static int position(TaskWork work, String name) {
    for (int i = 0; i < work.row().stepCount(); i++) {
      if (work.step(i).plan().name().equals(name)) {
        return i;
      }
    }
    throw new ProblemException(
            CommonProblem.INVALID,
            "task.unknown_step",
            "the task has no step \"%s\"".formatted(StorableText.shown(name, 100)))
        .errors(
            List.of(
                new ProblemException.FieldError(
                    "/from_step", "unknown", "must name a step of the task")));
  }

  private AuditEvent operatorAction(
      TaskRow row, AuditActor by, String verb, @Nullable String reason, Instant now) {
    ObjectNode details = Json.object().put("status_before", row.status().wire());
    if (reason != null) {
      details.put("reason", StorableText.shown(reason, MAX_REASON));
    }
    var auditId = new AuditId(parts.ids().next());
    return AuditEvent.operatorAction("task", verb, auditId, row.traceId(), now)
        .actor(by)
        .refs(Refs.event(row.triggerEventId()).with("task_id", row.id()))
        .details(details)
        .say(
            "An operator asked to %s the task \"%s\""
                .formatted(verb, StorableText.shown(row.name(), 200)));
  }

  private static ProblemException missing(TaskId id) {
    return new ProblemException(
        CommonProblem.NOT_FOUND, "task.not_found", "there is no task " + id);
  }

  private static ProblemException refused(
      TaskRow row, String verb, TaskDecision.Rejected rejected) {
    boolean state = rejected.code().equals("task.wrong_state");
    String message =
        state
            ? "the task is %s and can't be %s".formatted(row.status().wire(), participle(verb))
            : rejected.message();
    return new ProblemException(
            state ? CommonProblem.CONFLICT : CommonProblem.INVALID, rejected.code(), message)
        .with("status_now", row.status().wire());
  }

  private static String participle(String verb) {
    return switch (verb) {
      case "cancel" -> "canceled";
      case "retry" -> "retried";
      default -> verb + "d";
    };
  }
}

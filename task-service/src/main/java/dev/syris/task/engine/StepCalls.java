package dev.syris.task.engine;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.TaskId;
import dev.syris.contracts.task.StepStatus;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import dev.syris.task.call.CallOwner;
import dev.syris.task.call.Resolution;
import dev.syris.task.instance.Owner;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** Connects calls with the steps they are: locks the tasks of calls that ended. */
final class StepCalls implements CallOwner {

  private final EngineParts parts;
  private final TaskQueries queries;
  private final Advance advance;
  private final TaskBatch batch;
  private final TaskAudits audits;
  private final BooleanSupplier goOn;

  /**
   * @param goOn false once the engine stops: what ends then is recorded, and starts nothing
   */
  StepCalls(EngineParts parts, Advance advance, TaskBatch batch, BooleanSupplier goOn) {
    this.parts = parts;
    this.queries = new TaskQueries(parts.jdbc());
    this.advance = advance;
    this.batch = batch;
    this.audits = new TaskAudits(parts.ids());
    this.goOn = goOn;
  }

  @Override
  public Hold hold(Collection<ToolCallRequest> calls, Owner owner) {
    List<ToolCallRequest> ours = calls.stream().filter(call -> call.stepId() != null).toList();
    return ours.isEmpty() ? CallOwner.NOBODY.hold(ours, owner) : lock(ours, owner);
  }

  @Override
  public Resolving resolving(ToolCallRequest call) {
    if (call.stepId() == null) {
      return CallOwner.super.resolving(call);
    }
    TaskWork work = works(List.of(call)).values().stream().findFirst().orElseThrow();
    return (resolution, by, said) -> resolved(work, call, resolution, by, said);
  }

  @Override
  public Waiting waiting(ToolCallRequest call) {
    if (call.stepId() == null) {
      return CallOwner.super.waiting(call);
    }
    TaskWork work = works(List.of(call)).values().stream().findFirst().orElseThrow();
    return new Waiting() {
      @Override
      public void goesOn(List<AuditEvent> said) {
        answered(work, new TaskCommand.Approve(position(work, call)), said);
      }

      @Override
      public void refused(ErrorDetail error, List<AuditEvent> said) {
        answered(work, new TaskCommand.Deny(position(work, call), error), said);
      }
    };
  }

  private static int position(TaskWork work, ToolCallRequest call) {
    return work.stepOf(call.toolCallId()).orElseThrow().plan().position();
  }

  private void answered(TaskWork work, TaskCommand command, List<AuditEvent> said) {
    Instant now = parts.clock().instant();
    TaskDecision decision =
        work.tell(command, TaskAudits.ENGINE, now, parts.random().getAsDouble(), said);
    if (decision instanceof TaskDecision.Rejected(String code, String message)) {
      throw new IllegalStateException("task %s: %s: %s".formatted(work.row().id(), code, message));
    }
    batch.write(List.of(work), now);
  }

  /** A step that is over keeps its end, whatever its call turns out to have done. */
  private void resolved(
      TaskWork work,
      ToolCallRequest call,
      Resolution resolution,
      AuditActor by,
      List<AuditEvent> said) {
    StepRow step = work.stepOf(call.toolCallId()).orElse(null);
    if (step == null || step.state().status() != StepStatus.UNKNOWN || work.state().isOver()) {
      if (resolution instanceof Resolution.Retry) {
        throw new ProblemException(
            CommonProblem.CONFLICT,
            "task.wrong_state",
            "the task is %s; its call can't be made again".formatted(work.row().status().wire()));
      }
      return;
    }
    Instant now = parts.clock().instant();
    var command = new TaskCommand.Resolve(step.plan().position(), core(resolution));
    work.tell(command, by, now, parts.random().getAsDouble(), said);
    batch.write(List.of(work), now);
  }

  private static TaskCommand.Resolution core(Resolution resolution) {
    return switch (resolution) {
      case Resolution.Succeeded(var output) -> new TaskCommand.Resolution.Succeeded(output);
      case Resolution.Failed(var error) -> new TaskCommand.Resolution.Failed(error);
      case Resolution.Retry _ -> new TaskCommand.Resolution.Retry();
    };
  }

  private TaskHold lock(List<ToolCallRequest> calls, Owner owner) {
    return new TaskHold(parts, advance, batch, works(calls), owner, goOn.getAsBoolean());
  }

  private Map<TaskId, TaskWork> works(List<ToolCallRequest> calls) {
    Map<TaskId, TaskWork> works = new HashMap<>();
    var tasks = calls.stream().map(ToolCallRequest::taskId).filter(Objects::nonNull).distinct();
    for (TaskRow row : queries.lock(tasks.toList())) {
      works.put(row.id(), new TaskWork(row, audits));
    }
    var steps = calls.stream().map(ToolCallRequest::stepId).filter(Objects::nonNull).distinct();
    for (var found : queries.stepsById(steps.toList())) {
      TaskWork work = works.get(found.task());
      if (work != null) {
        work.add(found.step());
      }
    }
    return works;
  }
}

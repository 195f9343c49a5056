package dev.syris.task.engine;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.TaskId;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.task.TaskStatus;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.task.call.Bench;
import dev.syris.task.call.CallOwner;
import dev.syris.task.call.Claimed;
import dev.syris.task.call.StartedCall;
import dev.syris.task.engine.TaskCommand.Outcome;
import dev.syris.task.instance.Owner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of calls that ended, locked: each outcome is its step's checkpoint, and the next step
 * starts with it. For one transaction.
 */
final class TaskHold implements CallOwner.Hold {

  private final EngineParts parts;
  private final Advance advance;
  private final TaskBatch batch;
  private final Map<TaskId, TaskWork> works;
  private final Owner me;
  private final boolean goOn;
  private final Instant now;
  private final List<AuditEvent> said = new ArrayList<>();

  /**
   * @param works the tasks, with the steps whose calls they are
   * @param goOn whether next steps are to be started here
   */
  TaskHold(
      EngineParts parts,
      Advance advance,
      TaskBatch batch,
      Map<TaskId, TaskWork> works,
      Owner me,
      boolean goOn) {
    this.parts = parts;
    this.advance = advance;
    this.batch = batch;
    this.works = works;
    this.me = me;
    this.goOn = goOn;
    this.now = parts.clock().instant();
  }

  @Override
  public boolean has(StartedCall call) {
    ToolCallRequest request = call.request();
    if (request.stepId() == null) {
      return true;
    }
    TaskWork work = work(request);
    return work != null
        && me.equals(work.row().owner())
        && work.row().epoch() == call.binding().fence()
        && work.stepOf(request.toolCallId()).isPresent();
  }

  @Override
  public boolean wants(StartedCall call) {
    TaskWork work = work(call.request());
    return work == null || work.state().status() != TaskStatus.CANCELING;
  }

  @Override
  public void ended(ToolCallRequest call, CallOwner.CallOutcome outcome) {
    TaskWork work = work(call);
    if (work != null) {
      int position = position(work, call.toolCallId());
      tell(work, new TaskCommand.Settle(position, outcome(outcome)));
    }
  }

  @Override
  public void sentAgain(StartedCall call) {
    TaskWork work = work(call.request());
    if (work != null) {
      tell(work, new TaskCommand.SentAgain(position(work, call.request().toolCallId())));
    }
  }

  @Override
  public List<StartedCall> finish(Claimed claimed, List<AuditEvent> trail) {
    if (works.isEmpty()) {
      return List.of();
    }
    trail.addAll(said);
    Bench bench = parts.starter().open(now);
    List<StartedCall> started =
        goOn && !bench.paused()
            ? advance.begin(works.values(), claimed, me, bench, trail)
            : List.of();
    batch.write(works.values(), now);
    return started;
  }

  private @Nullable TaskWork work(ToolCallRequest call) {
    String task = call.taskId();
    return task == null || call.stepId() == null ? null : works.get(TaskId.parse(task));
  }

  private static int position(TaskWork work, ToolCallId call) {
    return work.stepOf(call).orElseThrow().plan().position();
  }

  private void tell(TaskWork work, TaskCommand command) {
    TaskDecision decision =
        work.tell(command, TaskAudits.ENGINE, now, parts.random().getAsDouble(), said);
    if (decision instanceof TaskDecision.Rejected(String code, String message)) {
      throw new IllegalStateException("task %s: %s: %s".formatted(work.row().id(), code, message));
    }
  }

  private static Outcome outcome(CallOwner.CallOutcome outcome) {
    return switch (outcome.status()) {
      case SUCCEEDED -> new Outcome.Succeeded(outcome.output());
      case FAILED -> new Outcome.Failed(error(outcome));
      case UNKNOWN -> new Outcome.Unknown(error(outcome));
      case RECEIVED, WAITING, STARTED, PREVIEWED, BLOCKED, DENIED, EXPIRED, CANCELED ->
          throw new IllegalArgumentException(outcome.status() + " is not how a call ends");
    };
  }

  private static ErrorDetail error(CallOwner.CallOutcome outcome) {
    return outcome.error() == null
        ? ErrorDetail.permanent("tool.failed", "the call failed")
        : outcome.error();
  }
}

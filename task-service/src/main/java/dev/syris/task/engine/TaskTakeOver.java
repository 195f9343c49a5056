package dev.syris.task.engine;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.TaskId;
import dev.syris.contracts.task.TaskStatus;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.platform.crash.CrashPoint;
import dev.syris.platform.postgres.AfterCommit;
import dev.syris.task.call.Binding;
import dev.syris.task.call.CallTakeOver;
import dev.syris.task.call.Claimed;
import dev.syris.task.call.StartedCall;
import dev.syris.task.instance.Owner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes over tasks whose owner is gone: what was under way is repeated where that is safe, or
 * becomes unknown; from then on the former owner's word counts no more.
 */
final class TaskTakeOver {

  /** After a crash, a call that stays without an answer is not sent for that reason again. */
  private static final int ONCE_MORE = 0;

  private final EngineParts parts;
  private final TaskQueries queries;
  private final Advance advance;
  private final TaskBatch batch;
  private final TaskAudits audits;
  private final CallTakeOver calls;

  TaskTakeOver(EngineParts parts, Advance advance, TaskBatch batch, CallTakeOver calls) {
    this.parts = parts;
    this.queries = new TaskQueries(parts.jdbc());
    this.advance = advance;
    this.batch = batch;
    this.audits = new TaskAudits(parts.ids());
    this.calls = calls;
  }

  /** Takes over at most so many; what it sends is committed. */
  int next(Owner me, int limit) {
    List<StartedCall> started =
        parts
            .starter()
            .start(claimed -> parts.transaction().execute(_ -> takeOver(me, limit, claimed)));
    return started.size();
  }

  private List<StartedCall> takeOver(Owner me, int limit, Claimed claimed) {
    if (parts.starter().open(parts.clock().instant()).paused()) {
      return List.of();
    }
    List<TaskRow> rows = queries.lockOrphaned(me, parts.starter().underWay(), limit);
    if (rows.isEmpty()) {
      return List.of();
    }
    var now = parts.clock().instant();
    var said = new ArrayList<AuditEvent>();
    Map<TaskId, TaskWork> works = new HashMap<>();
    rows.forEach(row -> works.put(row.id(), new TaskWork(row, audits)));
    for (var found : queries.frontier(works.values())) {
      TaskWork work = works.get(found.task());
      if (work != null) {
        work.add(found.step());
      }
    }
    leaveOwnCalls(works, me);
    for (TaskWork work : works.values()) {
      Owner gone = work.row().owner();
      work.own(me);
      if (gone != null) {
        said.add(audits.interrupted(work, gone, now));
      }
      said.add(audits.recovered(work, me, now));
    }
    var hold = new TaskHold(parts, advance, batch, works, me, true);
    List<String> ids = works.keySet().stream().map(TaskId::toString).toList();
    List<StartedCall> started =
        calls.of(ids, call -> binding(works, call), hold, said, claimed, me);
    CrashPoint.reach("take-over.before-commit");
    AfterCommit.register(() -> CrashPoint.reach("take-over.after-commit"));
    return started;
  }

  /**
   * Whatever this process has under way by now is no orphan: a call is marked before it is
   * committed, and stays marked until the end is committed, which waits for our locks.
   */
  private void leaveOwnCalls(Map<TaskId, TaskWork> works, Owner me) {
    var here = new HashSet<>(parts.starter().underWay());
    works
        .values()
        .removeIf(
            work ->
                me.equals(work.row().owner())
                    && work.current()
                        .map(step -> step.progress().toolCallId())
                        .filter(call -> here.contains(call.toString()))
                        .isPresent());
  }

  /** Of a task nobody wants any more, nothing is sent again. */
  private static @Nullable Binding binding(Map<TaskId, TaskWork> works, ToolCallRequest call) {
    TaskWork work = call.taskId() == null ? null : works.get(TaskId.parse(call.taskId()));
    return work == null || work.row().status() == TaskStatus.CANCELING
        ? null
        : new Binding(work.epoch(), ONCE_MORE);
  }
}

package dev.syris.task.engine;

import dev.syris.contracts.id.TaskId;
import dev.syris.platform.postgres.AfterCommit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Writes what one transaction made of its tasks, and wakes the engine where more is to be done. */
final class TaskBatch {

  private final TaskTable table;
  private final Runnable wake;

  /**
   * @param wake the engine, when the transaction has committed
   */
  TaskBatch(TaskTable table, Runnable wake) {
    this.table = table;
    this.wake = wake;
  }

  void write(Collection<TaskWork> works, Instant now) {
    List<TaskTable.TaskChange> changes = works.stream().map(work -> work.change(now)).toList();
    table.change(changes, now);
    table.changeSteps(works.stream().flatMap(work -> work.stepChanges().stream()).toList());
    var canceled = new ArrayList<TaskId>();
    for (TaskWork work : works) {
      for (TaskEvent event : work.events()) {
        if (event instanceof TaskEvent.TaskCanceled) {
          canceled.add(work.row().id());
        } else if (event instanceof TaskEvent.TaskRequeued(int from)) {
          table.rerunSteps(work.row().id(), from);
        }
      }
    }
    table.cancelSteps(canceled, now);
    if (changes.stream().anyMatch(change -> change.readyAt() != null)) {
      AfterCommit.register(wake);
    }
  }
}

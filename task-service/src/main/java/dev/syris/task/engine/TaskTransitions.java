package dev.syris.task.engine;

import static dev.syris.contracts.task.TaskStatus.CANCELED;
import static dev.syris.contracts.task.TaskStatus.CANCELING;
import static dev.syris.contracts.task.TaskStatus.FAILED;
import static dev.syris.contracts.task.TaskStatus.PAUSED;
import static dev.syris.contracts.task.TaskStatus.PENDING;
import static dev.syris.contracts.task.TaskStatus.RUNNING;
import static dev.syris.contracts.task.TaskStatus.SUCCEEDED;

import dev.syris.contracts.task.TaskStatus;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** The state machine of a task; the database has the same and refuses the rest. */
public final class TaskTransitions {

  public static final Map<TaskStatus, Set<TaskStatus>> TRANSITIONS = table();

  private TaskTransitions() {}

  static boolean allows(TaskStatus from, TaskStatus to) {
    return TRANSITIONS.getOrDefault(from, Set.of()).contains(to);
  }

  private static Map<TaskStatus, Set<TaskStatus>> table() {
    var table = new EnumMap<TaskStatus, Set<TaskStatus>>(TaskStatus.class);
    table.put(PENDING, Set.of(RUNNING, PAUSED, CANCELED));
    table.put(RUNNING, Set.of(SUCCEEDED, FAILED, PAUSED, CANCELING));
    table.put(PAUSED, Set.of(PENDING, RUNNING, CANCELING));
    table.put(CANCELING, Set.of(CANCELED));
    table.put(FAILED, Set.of(PENDING));
    table.put(SUCCEEDED, Set.of());
    table.put(CANCELED, Set.of());
    return Collections.unmodifiableMap(table);
  }
}

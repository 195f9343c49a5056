package dev.syris.task.engine;

import static dev.syris.contracts.task.StepStatus.CANCELED;
import static dev.syris.contracts.task.StepStatus.FAILED;
import static dev.syris.contracts.task.StepStatus.PENDING;
import static dev.syris.contracts.task.StepStatus.RUNNING;
import static dev.syris.contracts.task.StepStatus.SKIPPED;
import static dev.syris.contracts.task.StepStatus.SUCCEEDED;
import static dev.syris.contracts.task.StepStatus.UNKNOWN;
import static dev.syris.contracts.task.StepStatus.WAITING;

import dev.syris.contracts.task.StepStatus;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** The state machine of a step; the database has the same and refuses the rest. */
public final class StepTransitions {

  public static final Map<StepStatus, Set<StepStatus>> TRANSITIONS = table();

  private StepTransitions() {}

  static boolean allows(StepStatus from, StepStatus to) {
    return TRANSITIONS.getOrDefault(from, Set.of()).contains(to);
  }

  private static Map<StepStatus, Set<StepStatus>> table() {
    var table = new EnumMap<StepStatus, Set<StepStatus>>(StepStatus.class);
    table.put(PENDING, Set.of(RUNNING, WAITING, SKIPPED, CANCELED));
    table.put(RUNNING, Set.of(SUCCEEDED, FAILED, UNKNOWN, WAITING, PENDING, CANCELED));
    table.put(WAITING, Set.of(RUNNING, PENDING, SUCCEEDED, FAILED, CANCELED));
    table.put(UNKNOWN, Set.of(SUCCEEDED, FAILED, PENDING));
    table.put(SUCCEEDED, Set.of(PENDING));
    table.put(FAILED, Set.of(PENDING));
    table.put(SKIPPED, Set.of(PENDING));
    table.put(CANCELED, Set.of());
    return Collections.unmodifiableMap(table);
  }
}

package dev.syris.task.call;

import static dev.syris.contracts.tool.ToolCallStatus.BLOCKED;
import static dev.syris.contracts.tool.ToolCallStatus.CANCELED;
import static dev.syris.contracts.tool.ToolCallStatus.DENIED;
import static dev.syris.contracts.tool.ToolCallStatus.EXPIRED;
import static dev.syris.contracts.tool.ToolCallStatus.FAILED;
import static dev.syris.contracts.tool.ToolCallStatus.PREVIEWED;
import static dev.syris.contracts.tool.ToolCallStatus.RECEIVED;
import static dev.syris.contracts.tool.ToolCallStatus.STARTED;
import static dev.syris.contracts.tool.ToolCallStatus.SUCCEEDED;
import static dev.syris.contracts.tool.ToolCallStatus.UNKNOWN;
import static dev.syris.contracts.tool.ToolCallStatus.WAITING;

import dev.syris.contracts.tool.ToolCallStatus;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** The state machine of a tool call; the database has the same and refuses the rest. */
public final class ToolCallTransitions {

  public static final Map<ToolCallStatus, Set<ToolCallStatus>> TRANSITIONS = table();

  private ToolCallTransitions() {}

  private static Map<ToolCallStatus, Set<ToolCallStatus>> table() {
    var table = new EnumMap<ToolCallStatus, Set<ToolCallStatus>>(ToolCallStatus.class);
    table.put(RECEIVED, Set.of(WAITING, STARTED, PREVIEWED, BLOCKED, CANCELED));
    table.put(WAITING, Set.of(RECEIVED, DENIED, EXPIRED, CANCELED));
    table.put(STARTED, Set.of(STARTED, SUCCEEDED, FAILED, UNKNOWN));
    table.put(UNKNOWN, Set.of(SUCCEEDED, FAILED, RECEIVED));
    for (ToolCallStatus last :
        Set.of(SUCCEEDED, FAILED, PREVIEWED, BLOCKED, DENIED, EXPIRED, CANCELED)) {
      table.put(last, Set.of());
    }
    return Collections.unmodifiableMap(table);
  }
}

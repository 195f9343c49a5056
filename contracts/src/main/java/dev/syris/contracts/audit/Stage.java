package dev.syris.contracts.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The part of the system an audit record speaks for. */
public enum Stage {
  NORMALIZE,
  ROUTE,
  EXECUTE,
  TOOL_CALL,
  GATE,
  TASK,
  RULE,
  SCHEDULER,
  WATCHER,
  MCP,
  WORKER,
  OPERATOR,
  SYSTEM;

  /** The name on the wire. */
  @JsonValue
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}

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

  private final String wire = name().toLowerCase(Locale.ROOT);

  /** The name on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}

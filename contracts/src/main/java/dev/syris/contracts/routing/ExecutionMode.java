package dev.syris.contracts.routing;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The lane a decision sends an event down. */
public enum ExecutionMode {
  FAST,
  TASK,
  SANDBOX,
  NONE;

  private final String wire = name().toLowerCase(Locale.ROOT);

  /** The name on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}

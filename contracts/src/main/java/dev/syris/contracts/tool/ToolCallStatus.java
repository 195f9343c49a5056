package dev.syris.contracts.tool;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a tool call is in its life; transitions are in the task service and its database. */
public enum ToolCallStatus {
  RECEIVED,
  WAITING,
  STARTED,
  SUCCEEDED,
  FAILED,
  UNKNOWN,
  PREVIEWED,
  BLOCKED,
  DENIED,
  EXPIRED,
  CANCELED;

  private final String wire = name().toLowerCase(Locale.ROOT);

  /** The name on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}

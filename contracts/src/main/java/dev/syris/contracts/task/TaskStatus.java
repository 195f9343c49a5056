package dev.syris.contracts.task;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a task is in its life; transitions are in the task service and its database. */
public enum TaskStatus {
  PENDING,
  RUNNING,
  PAUSED,
  CANCELING,
  SUCCEEDED,
  FAILED,
  CANCELED;

  private final String wire = name().toLowerCase(Locale.ROOT);

  /** The name on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}

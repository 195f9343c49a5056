package dev.syris.contracts.task;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a step is in its life; transitions are in the task service and its database. */
public enum StepStatus {
  PENDING,
  RUNNING,
  WAITING,
  SUCCEEDED,
  FAILED,
  UNKNOWN,
  SKIPPED,
  CANCELED;

  private final String wire = name().toLowerCase(Locale.ROOT);

  /** The name on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}

package dev.syris.contracts.task;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a task that does nothing just now waits for. */
public enum WaitingFor {
  /** Somebody has to allow a call. */
  APPROVAL,
  /** Somebody has to say how a call ended. */
  OPERATOR,
  /** A step failed and is tried again after a delay. */
  RETRY,
  /** A step begins later. */
  TIME;

  private final String wire = name().toLowerCase(Locale.ROOT);

  /** The name on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}

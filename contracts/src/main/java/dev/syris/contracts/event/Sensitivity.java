package dev.syris.contracts.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How careful the trail must be with an event's content. */
public enum Sensitivity {
  LOW,
  MEDIUM,
  HIGH;

  private final String wire = name().toLowerCase(Locale.ROOT);

  /** The name on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}

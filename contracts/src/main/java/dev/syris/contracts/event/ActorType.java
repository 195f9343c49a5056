package dev.syris.contracts.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who caused a stimulus. */
public enum ActorType {
  USER,
  SYSTEM,
  INTEGRATION;

  private final String wire = name().toLowerCase(Locale.ROOT);

  /** The name on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}

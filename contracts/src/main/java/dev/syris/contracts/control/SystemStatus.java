package dev.syris.contracts.control;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the system fares as a whole. */
public enum SystemStatus {
  HEALTHY,
  DEGRADED,
  DOWN;

  private final String wire = name().toLowerCase(Locale.ROOT);

  /** The name on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}

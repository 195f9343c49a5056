package dev.syris.contracts.routing;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * How much harm a call could do; declared from low to critical, so that the order is the meaning.
 */
public enum RiskLevel {
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL;

  private final String wire = name().toLowerCase(Locale.ROOT);

  /** The name on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}

package dev.syris.contracts.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the thing recorded went. */
public enum Outcome {
  SUCCESS,
  FAILURE,
  SUPPRESSED,
  INFO;

  private final String wire = name().toLowerCase(Locale.ROOT);

  /** The name on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}

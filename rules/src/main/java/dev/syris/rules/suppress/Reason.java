package dev.syris.rules.suppress;

import java.util.Locale;

/** What held a rule back. */
public enum Reason {
  DEBOUNCE,
  DEDUPE,
  QUIET_HOURS,
  /** Of no rule yet: a run of it is still under way. */
  MODE,
  TRIPPED;

  private final String wire = name().toLowerCase(Locale.ROOT);

  /** The name on the wire. */
  public String wire() {
    return wire;
  }
}

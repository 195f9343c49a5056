package dev.syris.task.notify;

import java.util.Locale;

/** How much it matters that it is seen soon. */
public enum Urgency {
  NORMAL,
  HIGH;

  /** The name on the wire. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The urgency of a name on the wire. */
  public static Urgency of(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }
}

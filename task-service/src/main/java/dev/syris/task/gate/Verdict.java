package dev.syris.task.gate;

import java.util.Locale;

/** What the gate says of a call; declared from the mildest to the strictest. */
public enum Verdict {
  /** It is made. */
  ALLOW,
  /** It is made once somebody has approved it. */
  CONFIRM,
  /** Only what it would do is shown. */
  PREVIEW,
  /** It is not made. */
  BLOCK;

  /** The name on the wire. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  Verdict atLeast(Verdict other) {
    return other.compareTo(this) > 0 ? other : this;
  }
}

package dev.syris.rules.suppress;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What becomes of a match. */
public sealed interface Decision {

  /** The rule's actions are done. */
  record Fired() implements Decision {}

  /**
   * They are not.
   *
   * @param until when this alone would no longer hold it back; null where time does not help
   * @param trips whether this is the match that went over the limit: told once per trip
   */
  record Suppressed(Reason reason, @Nullable Instant until, boolean trips) implements Decision {}
}

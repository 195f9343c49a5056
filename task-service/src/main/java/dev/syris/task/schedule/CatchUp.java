package dev.syris.task.schedule;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is done about slots that came while nothing could be run.
 *
 * @param cap how many are run at most, newest first to be kept; for {@link Policy#RUN_ALL_CAPPED}
 * @param window how long after its slot a run still makes sense; for ever where null
 */
record CatchUp(Policy policy, int cap, @Nullable Duration window) {

  enum Policy {
    /** None is run. */
    SKIP,
    /** The newest is run, unless another is on time now. */
    RUN_ONCE,
    /** The newest are run, in the order of their slots. */
    RUN_ALL_CAPPED;

    String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static final CatchUp ONCE = new CatchUp(Policy.RUN_ONCE, 1, null);

  /** How many late slots are run at most. */
  int most() {
    return switch (policy) {
      case SKIP -> 0;
      case RUN_ONCE -> 1;
      case RUN_ALL_CAPPED -> cap;
    };
  }
}

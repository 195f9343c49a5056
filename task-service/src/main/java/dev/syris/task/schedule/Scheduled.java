package dev.syris.task.schedule;

import dev.syris.contracts.id.TraceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as it stands in its table.
 *
 * @param anchor from when on an interval counts
 * @param next the first slot that has been neither run nor missed; null where there is none
 * @param held a slot that waits until the work of the run before it is over
 * @param lastTrace of the last run
 */
record Scheduled(
    String id,
    Kind kind,
    Plan plan,
    Instant anchor,
    @Nullable Instant next,
    @Nullable Instant held,
    @Nullable TraceId lastTrace,
    @Nullable Cause cause) {

  /** What a schedule was made as. */
  enum Kind {
    SCHEDULE,
    TIMER,
    ALARM
  }

  Recurrence recurrence() {
    return plan.when().recurrence(anchor);
  }
}

package dev.syris.task.schedule;

import dev.syris.task.retention.Forgettable;
import java.time.Duration;
import java.time.Instant;

/** Timers and alarm clocks that are over. A schedule somebody made stays until it is deleted. */
final class FiredClocks implements Forgettable {

  private final ScheduleTable table;
  private final Duration keep;

  FiredClocks(ScheduleTable table, ScheduleSettings settings) {
    this.table = table;
    this.keep = settings.keepFired();
  }

  @Override
  public String what() {
    return "timers and alarm clocks that are over";
  }

  @Override
  public int forget(Instant now, int limit) {
    return table.forgetEnded(now.minus(keep), limit);
  }
}

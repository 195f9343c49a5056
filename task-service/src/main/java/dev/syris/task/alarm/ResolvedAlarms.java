package dev.syris.task.alarm;

import dev.syris.task.retention.Forgettable;
import java.time.Duration;
import java.time.Instant;

/** Alarms that are over. What is not resolved stays, however old it is. */
final class ResolvedAlarms implements Forgettable {

  private final AlarmTable table;
  private final Duration keep;

  ResolvedAlarms(AlarmTable table, AlarmSettings settings) {
    this.table = table;
    this.keep = settings.keepResolved();
  }

  @Override
  public String what() {
    return "resolved alarms";
  }

  @Override
  public int forget(Instant now, int limit) {
    return table.forgetResolved(now.minus(keep), limit);
  }
}

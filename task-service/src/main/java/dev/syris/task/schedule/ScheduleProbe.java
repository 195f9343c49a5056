package dev.syris.task.schedule;

import dev.syris.platform.health.HealthProbe;
import java.util.Map;

/** Whether schedules are being run. */
final class ScheduleProbe implements HealthProbe {

  private final ScheduleLoop loop;

  ScheduleProbe(ScheduleLoop loop) {
    this.loop = loop;
  }

  @Override
  public String name() {
    return "schedules";
  }

  @Override
  public Result check() {
    String failure = loop.failure();
    if (failure != null) {
      return Result.down(failure);
    }
    return loop.isRunning() ? Result.up(Map.of()) : Result.down("stopped");
  }
}

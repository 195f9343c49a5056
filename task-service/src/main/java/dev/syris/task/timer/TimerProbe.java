package dev.syris.task.timer;

import dev.syris.platform.health.HealthProbe;
import java.util.Map;

/** Whether timers are being fired. */
final class TimerProbe implements HealthProbe {

  private final TimerLoop loop;

  TimerProbe(TimerLoop loop) {
    this.loop = loop;
  }

  @Override
  public String name() {
    return "timers";
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

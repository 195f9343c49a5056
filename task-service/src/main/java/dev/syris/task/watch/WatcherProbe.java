package dev.syris.task.watch;

import dev.syris.platform.health.HealthProbe;
import java.util.Map;

/** Whether watchers have their turns. */
final class WatcherProbe implements HealthProbe {

  private final WatcherLoop loop;

  WatcherProbe(WatcherLoop loop) {
    this.loop = loop;
  }

  @Override
  public String name() {
    return "watchers";
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

package dev.syris.task.notice;

import dev.syris.platform.health.HealthProbe;
import java.util.Map;

/** Whether notices are being sent. */
final class NoticeProbe implements HealthProbe {

  private final NoticeLoop loop;

  NoticeProbe(NoticeLoop loop) {
    this.loop = loop;
  }

  @Override
  public String name() {
    return "notices";
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

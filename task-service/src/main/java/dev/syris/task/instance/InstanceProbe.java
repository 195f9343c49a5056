package dev.syris.task.instance;

import dev.syris.platform.health.HealthProbe;
import java.util.Map;

/** Whether this process has its name, and keeps it. */
public final class InstanceProbe implements HealthProbe {

  private final Instance instance;

  public InstanceProbe(Instance instance) {
    this.instance = instance;
  }

  @Override
  public String name() {
    return "instance";
  }

  @Override
  public Result check() {
    if (instance.isFenced()) {
      return Result.down("another process runs under this instance's name");
    }
    Run run = instance.run();
    return run == null
        ? Result.down("not registered in the database yet")
        : Result.up(
            Map.of(
                "instance", run.owner().instance(),
                "epoch", run.owner().epoch(),
                "restart_reason", run.restartReason(),
                "last_heartbeat_at", String.valueOf(instance.lastBeat())));
  }
}

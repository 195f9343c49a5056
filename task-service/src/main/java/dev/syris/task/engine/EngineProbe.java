package dev.syris.task.engine;

import dev.syris.platform.health.HealthProbe;
import java.util.Map;

/** Whether tasks go on. */
public final class EngineProbe implements HealthProbe {

  private final TaskEngine engine;

  EngineProbe(TaskEngine engine) {
    this.engine = engine;
  }

  @Override
  public String name() {
    return "tasks";
  }

  @Override
  public Result check() {
    String failure = engine.failure();
    return failure == null ? Result.up(Map.of()) : Result.down("tasks wait: " + failure);
  }
}

package dev.syris.task.policy;

import dev.syris.platform.health.HealthProbe;
import java.util.Map;

/** Whether the policy's file can be read; where not, calls go on by what held before. */
final class PolicyProbe implements HealthProbe {

  private final PolicyKeeper keeper;

  PolicyProbe(PolicyKeeper keeper) {
    this.keeper = keeper;
  }

  @Override
  public String name() {
    return "policy";
  }

  @Override
  public Result check() {
    String version = keeper.current().version();
    return keeper.problems().isEmpty()
        ? Result.up(Map.of("version", version))
        : Result.up(
            Map.of(
                "version",
                version,
                "degraded",
                "the policy file can't be read: " + keeper.problems().getFirst()));
  }
}

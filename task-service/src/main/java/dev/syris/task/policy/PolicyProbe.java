package dev.syris.task.policy;

import dev.syris.platform.health.HealthProbe;
import java.util.Map;

/** Whether the policy's file can be read. */
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
        : Result.down(
            "the policy file can't be read, %s holds: %s"
                .formatted(version, keeper.problems().getFirst()));
  }
}

package dev.syris.task.watch;

import dev.syris.platform.health.HealthProbe;
import dev.syris.task.alarm.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether the policy can be read again; who reads it says that it can't be. */
final class PolicyCheck implements Check {

  private final HealthProbe policy;

  PolicyCheck(HealthProbe policy) {
    this.policy = policy;
  }

  @Override
  public String type() {
    return "policy.invalid";
  }

  @Override
  public Optional<List<Finding>> look(Instant now) {
    HealthProbe.Result result = policy.check();
    return result.up() && !result.details().containsKey("degraded")
        ? Optional.of(List.of())
        : Optional.empty();
  }
}

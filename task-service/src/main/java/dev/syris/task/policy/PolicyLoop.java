package dev.syris.task.policy;

import dev.syris.platform.time.Loop;
import java.time.Duration;

/** Looks at the policy's file from time to time. */
final class PolicyLoop extends Loop {

  private final PolicyKeeper keeper;

  PolicyLoop(PolicyKeeper keeper, Duration pause) {
    super("syris-task-policy", pause, "the policy is not taken");
    this.keeper = keeper;
  }

  @Override
  protected Duration round() {
    keeper.look();
    return poll();
  }
}

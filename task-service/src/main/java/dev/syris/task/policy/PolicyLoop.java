package dev.syris.task.policy;

import dev.syris.platform.time.Loop;
import java.time.Duration;

/** Looks at the policy's file from time to time. */
final class PolicyLoop extends Loop {

  private final PolicyKeeper keeper;
  private final PolicyKeeper.Told told;

  private boolean begun;

  PolicyLoop(PolicyKeeper keeper, PolicyKeeper.Told told, Duration pause) {
    super("syris-task-policy", pause, "the policy is not taken");
    this.keeper = keeper;
    this.told = told;
  }

  /** What is wrong from the start is said in the first round. */
  @Override
  protected Duration round() {
    if (!begun && !keeper.problems().isEmpty()) {
      told.broken(keeper.file(), keeper.problems(), keeper.current().version());
    }
    begun = true;
    keeper.look();
    return poll();
  }
}

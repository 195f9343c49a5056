package dev.syris.task.policy;

import dev.syris.task.gate.Tightening;
import dev.syris.task.gate.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What holds where there is a policy that can't be read, and none from before: the defaults, and
 * everything is asked about.
 */
record StrictPolicy(Policy defaults) implements Policy {

  @Override
  public String version() {
    return "broken:" + defaults.version();
  }

  @Override
  public Assessment assess(Subject subject) {
    Assessment assessed = defaults.assess(subject);
    List<Tightening> tightenings = new ArrayList<>(assessed.tightenings());
    tightenings.add(
        new Tightening(
            Verdict.CONFIRM, "policy_broken", "the policy can't be read, so everything is asked"));
    return new Assessment(
        assessed.risk(),
        tightenings,
        assessed.antiFlap(),
        assessed.notifies(),
        assessed.approvalExpiry());
  }

  @Override
  public int notificationsPerHour() {
    return defaults.notificationsPerHour();
  }

  @Override
  public Set<String> quietHours() {
    return defaults.quietHours();
  }

  @Override
  public int lineOf(String quietHours) {
    return defaults.lineOf(quietHours);
  }
}

package dev.syris.task.policy;

import dev.syris.task.gate.Risk;
import dev.syris.task.gate.Tightening;
import java.time.Duration;
import java.util.List;

/**
 * What the policy says of a call, but for what depends on other calls.
 *
 * @param tightenings rules, secrets, quiet hours
 * @param antiFlap how long after one call no equal one is made; zero where equal ones may follow at
 *     once, and always for what only reads
 * @param notifies whether it counts against the hourly limit of notifications
 * @param approvalExpiry how long somebody may think about it
 */
public record Assessment(
    Risk risk,
    List<Tightening> tightenings,
    Duration antiFlap,
    boolean notifies,
    Duration approvalExpiry) {

  public Assessment {
    tightenings = List.copyOf(tightenings);
  }
}

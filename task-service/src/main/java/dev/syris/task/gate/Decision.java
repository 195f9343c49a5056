package dev.syris.task.gate;

import dev.syris.contracts.control.AutonomyLevel;
import java.util.List;

/**
 * The verdict and what led to it.
 *
 * @param byTable what the table alone says
 * @param tightenings all that hold, whether they changed the verdict or not
 */
public record Decision(
    Verdict verdict, AutonomyLevel level, Verdict byTable, List<Tightening> tightenings) {

  public Decision {
    tightenings = List.copyOf(tightenings);
  }

  /** Their codes, in order. */
  public List<String> reasons() {
    return tightenings.stream().map(Tightening::code).toList();
  }
}

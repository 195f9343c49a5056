package dev.syris.task.gate;

import dev.syris.contracts.routing.RiskLevel;
import java.util.List;

/**
 * How much harm a call could do, and why it is more than its action's own level.
 *
 * @param reasons one for each level it was raised by
 */
public record Risk(RiskLevel level, List<String> reasons) {

  public Risk {
    reasons = List.copyOf(reasons);
  }

  /** Starts at the action's level; each reason raises it by one, up to critical. */
  public static Risk assess(RiskLevel start, List<String> reasons) {
    RiskLevel level = start;
    for (int i = 0; i < reasons.size(); i++) {
      level = higher(level);
    }
    return new Risk(level, reasons);
  }

  private static RiskLevel higher(RiskLevel level) {
    return switch (level) {
      case LOW -> RiskLevel.MEDIUM;
      case MEDIUM -> RiskLevel.HIGH;
      case HIGH, CRITICAL -> RiskLevel.CRITICAL;
    };
  }
}

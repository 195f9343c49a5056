package dev.syris.task.gate;

import static dev.syris.task.gate.Verdict.ALLOW;
import static dev.syris.task.gate.Verdict.BLOCK;
import static dev.syris.task.gate.Verdict.CONFIRM;
import static dev.syris.task.gate.Verdict.PREVIEW;

import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.routing.RiskLevel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The one place that says whether a call may be made: a table of autonomy and risk, which can only
 * be tightened. Pure.
 */
public final class Gate {

  private static final Map<AutonomyLevel, Map<RiskLevel, Verdict>> TABLE =
      new EnumMap<>(
          Map.of(
              AutonomyLevel.A0, row(PREVIEW, PREVIEW, PREVIEW, PREVIEW),
              AutonomyLevel.A1, row(CONFIRM, CONFIRM, CONFIRM, BLOCK),
              AutonomyLevel.A2, row(ALLOW, CONFIRM, CONFIRM, BLOCK),
              AutonomyLevel.A3, row(ALLOW, ALLOW, CONFIRM, BLOCK),
              AutonomyLevel.A4, row(ALLOW, ALLOW, ALLOW, CONFIRM)));

  private Gate() {}

  private static Map<RiskLevel, Verdict> row(
      Verdict low, Verdict medium, Verdict high, Verdict critical) {
    return new EnumMap<>(
        Map.of(
            RiskLevel.LOW, low,
            RiskLevel.MEDIUM, medium,
            RiskLevel.HIGH, high,
            RiskLevel.CRITICAL, critical));
  }

  /** The table's verdict, or the strictest of the tightenings where that is stricter. */
  public static Decision decide(AutonomyLevel level, RiskLevel risk, List<Tightening> tightenings) {
    Verdict byTable = TABLE.getOrDefault(level, Map.of()).getOrDefault(risk, BLOCK);
    Verdict verdict = byTable;
    for (Tightening tightening : tightenings) {
      verdict = verdict.atLeast(tightening.atLeast());
    }
    return new Decision(verdict, level, byTable, tightenings);
  }
}

package dev.syris.task.gate;

import java.util.List;

/** The one place that says whether a call may be made. Pure. */
public final class Gate {

  private Gate() {}

  /** What the gate says. */
  public enum Verdict {
    ALLOW
  }

  /**
   * The verdict and what led to it.
   *
   * @param reasons overrides that made it stricter than the table
   */
  public record Decision(Verdict verdict, List<String> reasons) {
    public Decision {
      reasons = List.copyOf(reasons);
    }
  }

  /** Allows at the only level there is; overrides can only tighten, and there are none. */
  public static Decision decide(Autonomy autonomy, Risk risk, List<String> overrides) {
    return switch (autonomy) {
      case A2 -> new Decision(Verdict.ALLOW, overrides);
    };
  }
}

package dev.syris.task.tool;

import dev.syris.contracts.routing.RiskLevel;
import dev.syris.contracts.tool.Tool;
import java.time.Duration;
import java.util.List;

/**
 * One action of a tool.
 *
 * @param risk where the assessment of a call starts
 * @param scopes all of them are needed
 * @param effect what a repeat would do
 * @param timeout how long a call may take; whatever comes later is no answer
 * @param input the shape of the arguments
 */
public record ActionDefinition(
    String name,
    RiskLevel risk,
    List<String> scopes,
    Effect effect,
    Duration timeout,
    InputSchema input) {

  /** What doing it twice with the same key comes to. */
  public enum Effect {
    /** Nothing, and so did doing it once. */
    READ_ONLY,
    /** The same as doing it once. */
    IDEMPOTENT,
    /** A second effect. */
    ONCE;

    public boolean repeatable() {
      return this != ONCE;
    }
  }

  public ActionDefinition {
    scopes = List.copyOf(scopes);
  }

  Tool.Action describe() {
    return new Tool.Action(
        name, risk, scopes, effect == Effect.READ_ONLY, effect.repeatable(), false, input.schema());
  }
}

package dev.syris.task.tool;

import dev.syris.contracts.routing.RiskLevel;
import dev.syris.contracts.tool.Tool;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One action of a tool.
 *
 * @param risk where the assessment of a call starts; at worst, where it depends on the arguments
 * @param scopes all of them are needed
 * @param effect what a repeat would do; at worst, where it depends on the arguments
 * @param timeout how long a call may take; whatever comes later is no answer
 * @param input the shape of the arguments
 * @param traits risk and effect for certain arguments, which may not have been checked yet; null
 *     where they are the same for all
 */
public record ActionDefinition(
    String name,
    RiskLevel risk,
    List<String> scopes,
    Effect effect,
    Duration timeout,
    InputSchema input,
    @Nullable Function<ObjectNode, Traits> traits) {

  /** What may differ between two calls of an action. */
  public record Traits(RiskLevel risk, Effect effect) {}

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

  /** An action whose risk and effect are the same for all arguments. */
  public ActionDefinition(
      String name,
      RiskLevel risk,
      List<String> scopes,
      Effect effect,
      Duration timeout,
      InputSchema input) {
    this(name, risk, scopes, effect, timeout, input, null);
  }

  /** The action as it is for these arguments. */
  ActionDefinition given(ObjectNode args) {
    if (traits == null) {
      return this;
    }
    Traits given = traits.apply(args);
    return new ActionDefinition(name, given.risk(), scopes, given.effect(), timeout, input);
  }

  ActionDefinition within(Duration limit) {
    return new ActionDefinition(name, risk, scopes, effect, limit, input, traits);
  }

  /**
   * @param previews whether it can show what it would do
   */
  Tool.Action describe(boolean previews) {
    return new Tool.Action(
        name,
        risk,
        scopes,
        effect == Effect.READ_ONLY,
        effect.repeatable(),
        previews,
        input.schema());
  }
}

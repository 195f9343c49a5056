package dev.syris.rules.rule;

import dev.syris.rules.condition.Condition;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * One rule in one version. Immutable, but for {@code written}, which nobody changes.
 *
 * @param priority the higher comes first where several match; then by id
 * @param written the same as JSON, as it is on the wire: with its id, its version and what was left
 *     out
 */
public record Rule(
    String ruleId,
    long version,
    String name,
    boolean enabled,
    int priority,
    Condition conditions,
    List<RuleAction> actions,
    Restraint restraint,
    ObjectNode written) {

  public static final int MAX_ACTIONS = 20;

  /** What a rule may have at most, as compact JSON in UTF-8. */
  public static final int MAX_BYTES = 64 * 1024;

  public Rule {
    actions = List.copyOf(actions);
    if (actions.isEmpty()) {
      throw new IllegalArgumentException("a rule has at least one action");
    }
  }
}

package dev.syris.rules.match;

import dev.syris.rules.condition.Surroundings;
import dev.syris.rules.rule.Rule;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Whether a rule's conditions hold for an event and, where they don't, what was the first not to.
 */
public sealed interface Explanation {

  /** They all hold. */
  record Holds() implements Explanation {}

  /**
   * They don't.
   *
   * @param pointer JSON pointer to the condition, from the root of the rule
   * @param path the field it asks about; null where it asks about none
   * @param op its operator, or what else it asks: {@code time_window}, {@code autonomy_gte}, {@code
   *     system_status}
   * @param wanted the value it was given; null where it takes none
   * @param seen what was there; null where nothing was
   * @param forbidden whether it did hold, inside of a {@code none}
   * @param message a sentence a person understands
   */
  record Unmet(
      String pointer,
      @Nullable String path,
      String op,
      @Nullable JsonNode wanted,
      @Nullable JsonNode seen,
      boolean forbidden,
      String message)
      implements Explanation {}

  static Explanation of(Rule rule, JsonNode event, Surroundings surroundings) {
    return new Explainer(rule, event, surroundings).explain();
  }
}

package dev.syris.rules.match;

import dev.syris.contracts.json.InstantCodec;
import dev.syris.rules.condition.Condition;
import dev.syris.rules.condition.Surroundings;
import dev.syris.rules.condition.TimeWindow;
import dev.syris.rules.path.FieldPath;
import dev.syris.rules.problem.Pointers;
import dev.syris.rules.problem.Shown;
import dev.syris.rules.rule.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Looks for the first condition of one rule that stands in its way, for one event. */
final class Explainer {

  private static final String ROOT = "/conditions";

  private final Rule rule;
  private final JsonNode event;
  private final Surroundings surroundings;

  Explainer(Rule rule, JsonNode event, Surroundings surroundings) {
    this.rule = rule;
    this.event = event;
    this.surroundings = surroundings;
  }

  Explanation explain() {
    Condition root = rule.conditions();
    return root.holds(event, surroundings) ? new Explanation.Holds() : unmet(root, ROOT, false);
  }

  /**
   * The first leaf that stands in the way.
   *
   * @param forbidden whether the condition holds and should not; else it does not and should
   */
  private Explanation.Unmet unmet(Condition condition, String pointer, boolean forbidden) {
    return switch (condition) {
      case Condition.All(List<Condition> parts) ->
          inGroup(parts, Pointers.child(pointer, "all"), forbidden, false);
      case Condition.Any(List<Condition> parts) ->
          inGroup(parts, Pointers.child(pointer, "any"), forbidden, false);
      case Condition.None(List<Condition> parts) ->
          inGroup(parts, Pointers.child(pointer, "none"), forbidden, true);
      case Condition.Field(FieldPath path, var _) -> field(path, pointer, forbidden);
      case Condition.AutonomyAtLeast _ ->
          other("autonomy_gte", surroundings.autonomy().name(), pointer, forbidden);
      case Condition.StatusIs _ ->
          other("system_status", surroundings.status().wire(), pointer, forbidden);
      case TimeWindow _ ->
          other("time_window", InstantCodec.format(surroundings.at()), pointer, forbidden);
    };
  }

  private Explanation.Unmet inGroup(
      List<Condition> parts, String pointer, boolean forbidden, boolean turned) {
    boolean sought = forbidden ^ turned;
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).holds(event, surroundings) == sought) {
        return unmet(parts.get(i), Pointers.child(pointer, i), sought);
      }
    }
    throw new IllegalStateException("no part of " + pointer + " stands in the way");
  }

  private Explanation.Unmet field(FieldPath path, String pointer, boolean forbidden) {
    JsonNode written = rule.written().at(pointer);
    JsonNode seen = path.find(event);
    JsonNode found = seen == null || seen.isNull() ? null : seen;
    JsonNode wanted = written.hasNonNull("value") ? written.get("value") : null;
    String op = written.path("op").asString();
    String value = found == null ? "not there" : Shown.value(found);
    String asked = wanted == null ? op : op + " " + Shown.value(wanted);
    return new Explanation.Unmet(
        pointer,
        path.toString(),
        op,
        wanted,
        found,
        forbidden,
        "%s is %s: %s %s".formatted(path, value, asked, verdict(forbidden)));
  }

  private Explanation.Unmet other(String op, String seen, String pointer, boolean forbidden) {
    @Nullable JsonNode wanted = rule.written().at(pointer).get(op);
    return new Explanation.Unmet(
        pointer,
        null,
        op,
        wanted,
        StringNode.valueOf(seen),
        forbidden,
        "%s was %s, and the condition %s"
            .formatted(
                op.equals("time_window") ? "the time" : op, Shown.text(seen), verdict(forbidden)));
  }

  private static String verdict(boolean forbidden) {
    return forbidden ? "holds, and none may" : "does not hold";
  }
}

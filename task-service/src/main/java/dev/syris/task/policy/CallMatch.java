package dev.syris.task.policy;

import dev.syris.rules.condition.Glob;
import dev.syris.rules.path.FieldPath;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Which calls an entry of the policy is about. Pure. */
record CallMatch(Glob tool, Glob action, List<ArgTest> where) {

  CallMatch {
    where = List.copyOf(where);
  }

  /**
   * A test of one argument; where it is a list, of its values.
   *
   * @param pattern for texts, numbers as they are written; null where {@code value} is to be equal
   */
  record ArgTest(FieldPath arg, @Nullable Glob pattern, @Nullable JsonNode value) {

    /** Whether any value fits. */
    boolean holds(JsonNode args) {
      return values(args).stream().anyMatch(this::fits);
    }

    /** Whether there are values, and all fit. */
    boolean holdsForAll(JsonNode args) {
      List<JsonNode> values = values(args);
      return !values.isEmpty() && values.stream().allMatch(this::fits);
    }

    private List<JsonNode> values(JsonNode args) {
      JsonNode found = arg.find(args);
      if (found == null) {
        return List.of();
      }
      return found.isArray() ? List.copyOf(found.values()) : List.of(found);
    }

    private boolean fits(JsonNode found) {
      if (pattern != null) {
        return found.isValueNode() && pattern.matches(found.asString(""));
      }
      return value != null
          && (found.isNumber() && value.isNumber()
              ? found.decimalValue().compareTo(value.decimalValue()) == 0
              : found.equals(value));
    }
  }

  /** Whether it is about a part of the call: enough to make the gate stricter. */
  boolean matches(Subject subject) {
    return isNamed(subject) && where.stream().allMatch(test -> test.holds(subject.args()));
  }

  /** Whether it is about all of the call: only then may it make the gate milder. */
  boolean covers(Subject subject) {
    return isNamed(subject) && where.stream().allMatch(test -> test.holdsForAll(subject.args()));
  }

  private boolean isNamed(Subject subject) {
    return tool.matches(subject.tool()) && action.matches(subject.action());
  }
}

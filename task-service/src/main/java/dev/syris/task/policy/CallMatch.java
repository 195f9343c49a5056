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
   * A test of one argument; where it is a list, of any of its values.
   *
   * @param pattern for texts, numbers as they are written; null where {@code value} is to be equal
   */
  record ArgTest(FieldPath arg, @Nullable Glob pattern, @Nullable JsonNode value) {

    boolean holds(JsonNode args) {
      JsonNode found = arg.find(args);
      if (found == null) {
        return false;
      }
      if (found.isArray()) {
        for (JsonNode element : found) {
          if (fits(element)) {
            return true;
          }
        }
        return false;
      }
      return fits(found);
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

  boolean matches(Subject subject) {
    return tool.matches(subject.tool())
        && action.matches(subject.action())
        && where.stream().allMatch(test -> test.holds(subject.args()));
  }
}

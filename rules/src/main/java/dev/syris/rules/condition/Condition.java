package dev.syris.rules.condition;

import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.control.SystemStatus;
import dev.syris.rules.path.FieldPath;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Something that holds or does not. Immutable. */
public sealed interface Condition
    permits Condition.All,
        Condition.Any,
        Condition.None,
        Condition.Field,
        Condition.AutonomyAtLeast,
        Condition.StatusIs,
        TimeWindow {

  /** Every one of them holds. */
  record All(List<Condition> conditions) implements Condition {
    public All {
      conditions = List.copyOf(conditions);
    }
  }

  /** At least one of them holds. */
  record Any(List<Condition> conditions) implements Condition {
    public Any {
      conditions = List.copyOf(conditions);
    }
  }

  /** Not one of them holds. */
  record None(List<Condition> conditions) implements Condition {
    public None {
      conditions = List.copyOf(conditions);
    }
  }

  /** What is found at a path passes a check. */
  record Field(FieldPath path, Check check) implements Condition {}

  /** The system may do at least this much. */
  record AutonomyAtLeast(AutonomyLevel level) implements Condition {}

  /** The system fares exactly so. */
  record StatusIs(SystemStatus status) implements Condition {}

  /** Whether it holds for a document and what surrounds it. Never throws, reads no clock. */
  default boolean holds(JsonNode document, Surroundings surroundings) {
    return switch (this) {
      case All(List<Condition> conditions) -> everyOne(conditions, true, document, surroundings);
      case Any(List<Condition> conditions) -> !everyOne(conditions, false, document, surroundings);
      case None(List<Condition> conditions) -> everyOne(conditions, false, document, surroundings);
      case Field(FieldPath path, Check check) -> check.passes(path.find(document));
      case AutonomyAtLeast(AutonomyLevel level) -> surroundings.autonomy().compareTo(level) >= 0;
      case StatusIs(SystemStatus status) -> surroundings.status() == status;
      case TimeWindow window -> window.covers(surroundings.at());
    };
  }

  private static boolean everyOne(
      List<Condition> conditions, boolean wanted, JsonNode document, Surroundings surroundings) {
    for (Condition condition : conditions) {
      if (condition.holds(document, surroundings) != wanted) {
        return false;
      }
    }
    return true;
  }
}

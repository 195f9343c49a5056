package dev.syris.rules.condition;

import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.control.SystemStatus;
import dev.syris.rules.path.FieldPath;
import dev.syris.rules.path.Reference;
import dev.syris.rules.problem.Parsed.Bad;
import dev.syris.rules.problem.Parsed.Good;
import dev.syris.rules.problem.Pointers;
import dev.syris.rules.problem.Problems;
import dev.syris.rules.problem.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads conditions from JSON, and says all that is wrong with one. For one condition each. */
public final class ConditionReader {

  /** Groups in groups. */
  public static final int MAX_DEPTH = 5;

  /** Conditions that are no groups. */
  public static final int MAX_LEAVES = 20;

  private static final List<String> KINDS =
      List.of("all", "any", "none", "field", "time_window", "autonomy_gte", "system_status");
  private static final Set<String> FIELD_MEMBERS = Set.of("field", "op", "value");

  private final Problems problems = new Problems();
  private final List<Reference> references = new ArrayList<>();
  private int leaves;

  private ConditionReader() {}

  public static ConditionReading read(JsonNode json) {
    var reader = new ConditionReader();
    Condition condition = reader.condition(json, "", 1);
    return condition == null || !reader.problems.isEmpty()
        ? new ConditionReading.Rejected(reader.problems.toList())
        : new ConditionReading.Accepted(condition, reader.references);
  }

  /** The condition; null where there are problems. */
  private @Nullable Condition condition(JsonNode json, String pointer, int depth) {
    String kind = kind(json, pointer);
    if (!isGroup(kind) && !oneMoreLeaf(pointer)) {
      return null;
    }
    if (kind == null) {
      return null;
    }
    refuseUnknown(json, kind, pointer);
    JsonNode inside = json.path(kind);
    String place = Pointers.child(pointer, kind);
    return switch (kind) {
      case "all" -> new Condition.All(group(inside, place, depth));
      case "any" -> new Condition.Any(group(inside, place, depth));
      case "none" -> new Condition.None(group(inside, place, depth));
      case "time_window" -> new TimeWindowReader(problems).read(inside, place);
      case "autonomy_gte" -> autonomy(inside, place);
      case "system_status" -> status(inside, place);
      default -> field(json, pointer);
    };
  }

  /** The one member that says what a condition is; null where there is not one. */
  private @Nullable String kind(JsonNode json, String pointer) {
    List<String> kinds = json.isObject() ? KINDS.stream().filter(json::has).toList() : List.of();
    if (kinds.size() == 1) {
      return kinds.getFirst();
    }
    if (!json.isObject()) {
      problems.add(
          pointer,
          "is %s; a condition is an object with one of %s".formatted(shown(json), kinds()));
    } else if (kinds.isEmpty()) {
      problems.add(pointer, "is no condition; it needs one of " + kinds());
    } else {
      problems.add(
          pointer,
          "has %s; a condition has one of them, put several into an all"
              .formatted(String.join(" and ", kinds)));
    }
    return null;
  }

  private static boolean isGroup(@Nullable String kind) {
    return "all".equals(kind) || "any".equals(kind) || "none".equals(kind);
  }

  private boolean oneMoreLeaf(String pointer) {
    leaves++;
    if (leaves == MAX_LEAVES + 1) {
      problems.add(
          pointer, "is one condition too many; at most %d are taken".formatted(MAX_LEAVES));
    }
    return leaves <= MAX_LEAVES;
  }

  private void refuseUnknown(JsonNode json, String kind, String pointer) {
    for (String name : json.propertyNames()) {
      boolean known = name.equals(kind) || (kind.equals("field") && FIELD_MEMBERS.contains(name));
      if (!known) {
        problems.add(
            Pointers.child(pointer, name), "is not known beside %s; take it away".formatted(kind));
      }
    }
  }

  private List<Condition> group(JsonNode json, String pointer, int depth) {
    var conditions = new ArrayList<Condition>();
    if (!json.isArray() || json.isEmpty()) {
      problems.add(
          pointer,
          json.isArray()
              ? "is empty; it needs at least one condition"
              : "is %s; it must be a list of conditions".formatted(shown(json)));
    } else if (depth > MAX_DEPTH) {
      problems.add(pointer, "is nested %d deep; at most %d are taken".formatted(depth, MAX_DEPTH));
    } else {
      for (int i = 0; i < json.size() && leaves <= MAX_LEAVES && !problems.full(); i++) {
        Condition condition = condition(json.get(i), Pointers.child(pointer, i), depth + 1);
        if (condition != null) {
          conditions.add(condition);
        }
      }
    }
    return conditions;
  }

  private @Nullable Condition field(JsonNode json, String pointer) {
    FieldPath path = path(json.path("field"), Pointers.child(pointer, "field"));
    Operator operator = operator(json.path("op"), Pointers.child(pointer, "op"));
    Check check =
        operator == null
            ? null
            : new CheckReader(problems)
                .read(operator, json.path("value"), Pointers.child(pointer, "value"));
    return path == null || check == null ? null : new Condition.Field(path, check);
  }

  private @Nullable FieldPath path(JsonNode json, String pointer) {
    if (!json.isString()) {
      problems.add(pointer, "is %s; it must be a path such as content.text".formatted(shown(json)));
      return null;
    }
    return switch (FieldPath.parse(json.asString())) {
      case Good<FieldPath>(FieldPath path) -> {
        references.add(new Reference(path, pointer));
        yield path;
      }
      case Bad<FieldPath>(String message) -> {
        problems.add(pointer, message);
        yield null;
      }
    };
  }

  private @Nullable Operator operator(JsonNode json, String pointer) {
    Operator operator = json.isString() ? Operator.named(json.asString()) : null;
    if (operator == null) {
      problems.add(
          pointer,
          json.isMissingNode()
              ? "is required: one of " + Operator.names()
              : "is %s; it must be one of %s".formatted(shown(json), Operator.names()));
    }
    return operator;
  }

  private @Nullable Condition autonomy(JsonNode json, String pointer) {
    AutonomyLevel level = choice(AutonomyLevel.values(), AutonomyLevel::name, json, pointer);
    return level == null ? null : new Condition.AutonomyAtLeast(level);
  }

  private @Nullable Condition status(JsonNode json, String pointer) {
    SystemStatus status = choice(SystemStatus.values(), SystemStatus::wire, json, pointer);
    return status == null ? null : new Condition.StatusIs(status);
  }

  private <E> @Nullable E choice(
      E[] choices, Function<E, String> name, JsonNode json, String pointer) {
    for (E choice : choices) {
      if (json.isString() && json.asString().equals(name.apply(choice))) {
        return choice;
      }
    }
    problems.add(
        pointer,
        "is %s; it must be one of %s"
            .formatted(
                shown(json), Stream.of(choices).map(name).collect(Collectors.joining(", "))));
    return null;
  }

  private static String shown(JsonNode json) {
    return Shown.value(json);
  }

  private static String kinds() {
    return String.join(", ", KINDS);
  }
}

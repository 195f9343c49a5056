package dev.syris.rules.condition;

import dev.syris.rules.condition.Check.Relation;
import dev.syris.rules.problem.Parsed.Bad;
import dev.syris.rules.problem.Parsed.Good;
import dev.syris.rules.problem.Pointers;
import dev.syris.rules.problem.Problems;
import dev.syris.rules.problem.Shown;
import java.math.BigDecimal;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads an operator and its value. The pointers it is given are those of the value. */
final class CheckReader {

  private static final int MAX_CHOICES = 1000;

  private final Problems problems;

  CheckReader(Problems problems) {
    this.problems = problems;
  }

  /** The check; null where there are problems. */
  @Nullable Check read(Operator operator, JsonNode value, String pointer) {
    return switch (operator) {
      case EQ -> equal(value, pointer);
      case NEQ -> not(equal(value, pointer));
      case IN -> oneOf(value, pointer);
      case NOT_IN -> not(oneOf(value, pointer));
      case CONTAINS -> contains(value, pointer);
      case NOT_CONTAINS -> not(contains(value, pointer));
      case MATCHES -> matches(value, pointer);
      case LT -> compared(Relation.LESS, value, pointer);
      case LTE -> compared(Relation.AT_MOST, value, pointer);
      case GT -> compared(Relation.GREATER, value, pointer);
      case GTE -> compared(Relation.AT_LEAST, value, pointer);
      case EXISTS -> alone(operator, new Check.Present(), value, pointer);
      case NOT_EXISTS -> alone(operator, new Check.Absent(), value, pointer);
    };
  }

  private static @Nullable Check not(@Nullable Check check) {
    return check == null ? null : new Check.Not(check);
  }

  private @Nullable Check equal(JsonNode value, String pointer) {
    Scalar to = scalar(value, pointer);
    return to == null ? null : new Check.Equal(to);
  }

  private @Nullable Check contains(JsonNode value, String pointer) {
    Scalar part = scalar(value, pointer);
    return part == null ? null : new Check.Contains(part);
  }

  private @Nullable Check oneOf(JsonNode value, String pointer) {
    if (!value.isArray() || value.isEmpty()) {
      return wrong(value, pointer, "a list with at least one string, number, true or false");
    }
    if (value.size() > MAX_CHOICES) {
      problems.add(
          pointer, "has %d elements; at most %d are taken".formatted(value.size(), MAX_CHOICES));
      return null;
    }
    var choices = new HashSet<Scalar>();
    for (int i = 0; i < value.size() && !problems.full(); i++) {
      Scalar choice = scalar(value.get(i), Pointers.child(pointer, i));
      if (choice != null) {
        choices.add(choice);
      }
    }
    return new Check.OneOf(choices);
  }

  private @Nullable Check matches(JsonNode value, String pointer) {
    if (!value.isString()) {
      return wrong(value, pointer, "a glob such as \"light.kitchen_*\"");
    }
    return switch (Glob.parse(value.asString())) {
      case Good<Glob>(Glob glob) -> new Check.Matches(glob);
      case Bad<Glob>(String message) -> {
        problems.add(pointer, message);
        yield null;
      }
    };
  }

  private @Nullable Check compared(Relation relation, JsonNode value, String pointer) {
    BigDecimal limit = Decimals.of(value);
    return limit == null
        ? wrong(value, pointer, "a number, or a string that writes one, such as 21.5")
        : new Check.Compared(relation, limit);
  }

  private @Nullable Check alone(Operator operator, Check check, JsonNode value, String pointer) {
    if (value.isMissingNode() || value.isNull()) {
      return check;
    }
    problems.add(
        pointer,
        "is %s; %s takes no value, leave it out".formatted(Shown.value(value), operator.wire()));
    return null;
  }

  private @Nullable Scalar scalar(JsonNode value, String pointer) {
    Scalar scalar = Scalar.of(value);
    if (scalar == null) {
      String hint = value.isNull() ? " (for null use exists or not_exists)" : "";
      wrong(value, pointer, "a string, a number, true or false" + hint);
    }
    return scalar;
  }

  private @Nullable Check wrong(JsonNode value, String pointer, String wanted) {
    problems.add(
        pointer,
        value.isMissingNode()
            ? "is required: " + wanted
            : "is %s; it must be %s".formatted(Shown.value(value), wanted));
    return null;
  }
}

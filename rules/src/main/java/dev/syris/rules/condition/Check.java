package dev.syris.rules.condition;

import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is asked of the value of a field. A value that is absent or null passes Absent only. */
public sealed interface Check {

  /** The value is there. */
  record Present() implements Check {}

  /** The value is not there. */
  record Absent() implements Check {}

  /** The value is the same scalar: of the same kind, numbers by value (1 is 1.0). */
  record Equal(Scalar to) implements Check {}

  /** The value is one of these scalars. */
  record OneOf(Set<Scalar> scalars) implements Check {
    public OneOf {
      scalars = Set.copyOf(scalars);
    }
  }

  /** The value is a text with this part in it, or a list with this element. */
  record Contains(Scalar part) implements Check {}

  /** The value is a text of this shape. */
  record Matches(Glob glob) implements Check {}

  /** The value is a number, or a text that writes one, on this side of the limit. */
  record Compared(Relation relation, BigDecimal limit) implements Check {}

  /** The value is there and does not pass. */
  record Not(Check check) implements Check {}

  /** Where a number may lie seen from a limit. */
  enum Relation {
    LESS,
    AT_MOST,
    GREATER,
    AT_LEAST;

    boolean holds(BigDecimal number, BigDecimal limit) {
      int order = number.compareTo(limit);
      return switch (this) {
        case LESS -> order < 0;
        case AT_MOST -> order <= 0;
        case GREATER -> order > 0;
        case AT_LEAST -> order >= 0;
      };
    }
  }

  /** Whether a value passes; null stands for a missing one. */
  default boolean passes(@Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return this instanceof Absent;
    }
    return switch (this) {
      case Present() -> true;
      case Absent() -> false;
      case Equal(Scalar to) -> to.equals(Scalar.of(value));
      case OneOf(Set<Scalar> scalars) -> {
        Scalar scalar = Scalar.of(value);
        yield scalar != null && scalars.contains(scalar);
      }
      case Contains(Scalar part) -> contains(value, part);
      case Matches(Glob glob) -> value.isString() && glob.matches(value.asString());
      case Compared(Relation relation, BigDecimal limit) -> {
        BigDecimal number = Decimals.of(value);
        yield number != null && relation.holds(number, limit);
      }
      case Not(Check check) -> !check.passes(value);
    };
  }

  private static boolean contains(JsonNode value, Scalar part) {
    if (value.isString()) {
      return part instanceof Scalar.Text(String text) && value.asString().contains(text);
    }
    if (value.isArray()) {
      for (JsonNode element : value) {
        if (part.equals(Scalar.of(element))) {
          return true;
        }
      }
    }
    return false;
  }
}

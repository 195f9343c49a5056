package dev.syris.rules.condition;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A JSON value without parts; two are equal if they are of one kind and say the same. */
public sealed interface Scalar {

  /** A string. */
  record Text(String text) implements Scalar {}

  /** true or false. */
  record Flag(boolean flag) implements Scalar {}

  /** A number; equal by value whatever way it is written. */
  record Decimal(BigDecimal number) implements Scalar {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Decimal(BigDecimal that) && number.compareTo(that) == 0;
    }

    /** Not of the digits without their last zeroes: those of 1e2147483647 can't be moved. */
    @Override
    public int hashCode() {
      return Double.hashCode(number.doubleValue());
    }
  }

  /** The scalar a value is; null where it is a list, an object, null, or no JSON number. */
  static @Nullable Scalar of(JsonNode value) {
    if (value.isString()) {
      return new Text(value.asString());
    }
    if (value.isBoolean()) {
      return new Flag(value.asBoolean());
    }
    BigDecimal number = value.isNumber() ? Decimals.of(value) : null;
    return number == null ? null : new Decimal(number);
  }
}

package dev.syris.rules.condition;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Numbers as documents hold them: Home Assistant's states, for one, are strings. */
final class Decimals {

  private static final int MAX_LENGTH = 64;

  private Decimals() {}

  /** The number a value is or writes; null where it does neither. */
  static @Nullable BigDecimal of(JsonNode value) {
    if (value.isString()) {
      return parse(value.asString());
    }
    boolean number = value.isNumber();
    if (number && value.isFloatingPointNumber() && !value.isBigDecimal()) {
      number = Double.isFinite(value.doubleValue());
    }
    return number ? value.decimalValue() : null;
  }

  private static @Nullable BigDecimal parse(String text) {
    if (text.isEmpty()
        || text.length() > MAX_LENGTH
        || !text.chars().allMatch(c -> (c >= '0' && c <= '9') || "+-.eE".indexOf(c) >= 0)) {
      return null;
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException _) {
      return null;
    }
  }
}

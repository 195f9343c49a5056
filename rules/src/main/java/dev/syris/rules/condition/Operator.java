package dev.syris.rules.condition;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operators by their names on the wire. */
enum Operator {
  EQ,
  NEQ,
  IN,
  NOT_IN,
  CONTAINS,
  NOT_CONTAINS,
  MATCHES,
  LT,
  LTE,
  GT,
  GTE,
  EXISTS,
  NOT_EXISTS;

  private static final Map<String, Operator> BY_NAME = new LinkedHashMap<>();

  static {
    Arrays.stream(values()).forEach(operator -> BY_NAME.put(operator.wire(), operator));
  }

  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  static @Nullable Operator named(String name) {
    return BY_NAME.get(name);
  }

  static String names() {
    return String.join(", ", BY_NAME.keySet());
  }
}

package dev.syris.gateway.health;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Finds the lag in what a probe says, wherever in it the probe put it. */
final class Lag {

  private Lag() {}

  static Optional<Long> in(Map<?, ?> details) {
    if (details.get("lag") instanceof Number lag) {
      return Optional.of(lag.longValue());
    }
    return details.values().stream()
        .map(value -> value instanceof Map<?, ?> inner ? in(inner).orElse(null) : null)
        .filter(Objects::nonNull)
        .findFirst();
  }
}

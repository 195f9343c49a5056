package dev.syris.gateway.health;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Finds the lag in what a probe says, wherever in it the probe put it. */
final class Lag {

  private static final List<String> NAMES = List.of("lag", "records_behind");

  private Lag() {}

  static Optional<Long> in(Map<?, ?> details) {
    for (String name : NAMES) {
      if (details.get(name) instanceof Number lag) {
        return Optional.of(lag.longValue());
      }
    }
    return details.values().stream()
        .map(value -> value instanceof Map<?, ?> inner ? in(inner).orElse(null) : null)
        .filter(Objects::nonNull)
        .findFirst();
  }
}

package dev.syris.gateway.health;

import java.util.Map;

/**
 * One part of the whole.
 *
 * @param details what its probes say; for readers, not for strangers
 */
record Subsystem(String name, boolean up, Map<String, Object> details) {

  /** True where it is up and a probe says that not all is well, with an entry {@code degraded}. */
  boolean degraded() {
    return up && mentions(details, "degraded");
  }

  private static boolean mentions(Map<?, ?> details, String name) {
    return details.containsKey(name)
        || details.values().stream()
            .anyMatch(value -> value instanceof Map<?, ?> inner && mentions(inner, name));
  }

  static Subsystem down(String name, String reason) {
    return new Subsystem(name, false, Map.of("reason", reason));
  }
}

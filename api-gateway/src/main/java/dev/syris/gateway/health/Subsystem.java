package dev.syris.gateway.health;

import java.util.Map;

/**
 * One part of the whole.
 *
 * @param details what its probes say; for readers, not for strangers
 */
record Subsystem(String name, boolean up, Map<String, Object> details) {

  static Subsystem down(String name, String reason) {
    return new Subsystem(name, false, Map.of("reason", reason));
  }
}

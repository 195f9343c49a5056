package dev.syris.platform.health;

import java.util.Map;

/** One part of a service that may be well or not. Must answer within a second. */
public interface HealthProbe {

  /** Stable name, in kebab-case. */
  String name();

  Result check();

  /**
   * What a probe found.
   *
   * @param details small, never a secret
   */
  record Result(boolean up, Map<String, Object> details) {

    public static Result up(Map<String, Object> details) {
      return new Result(true, details);
    }

    public static Result down(String reason) {
      return new Result(false, Map.of("reason", reason));
    }
  }
}

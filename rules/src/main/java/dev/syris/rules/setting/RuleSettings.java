package dev.syris.rules.setting;

import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.control.SystemStatus;
import dev.syris.rules.condition.Surroundings;
import dev.syris.rules.quiet.QuietHours;
import java.time.Instant;
import java.util.Map;

/**
 * The settings rules look at, as they are at one time. Immutable.
 *
 * @param quietHours by name
 */
public record RuleSettings(
    AutonomyLevel autonomy, SystemStatus status, Map<String, QuietHours> quietHours) {

  /** What holds where nobody has said anything. */
  public static final RuleSettings DEFAULT =
      new RuleSettings(AutonomyLevel.A2, SystemStatus.HEALTHY, Map.of());

  public RuleSettings {
    quietHours = Map.copyOf(quietHours);
  }

  public Surroundings at(Instant time) {
    return new Surroundings(time, autonomy, status);
  }

  public RuleSettings withAutonomy(AutonomyLevel level) {
    return new RuleSettings(level, status, quietHours);
  }

  public RuleSettings withStatus(SystemStatus now) {
    return new RuleSettings(autonomy, now, quietHours);
  }

  public RuleSettings withQuietHours(Map<String, QuietHours> hours) {
    return new RuleSettings(autonomy, status, hours);
  }
}

package dev.syris.rules.setting;

import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.control.SystemStatus;
import dev.syris.rules.problem.Parsed;
import dev.syris.rules.quiet.QuietHours;
import dev.syris.rules.quiet.QuietHoursReader;
import dev.syris.rules.quiet.QuietHoursReading;
import java.time.ZoneId;
import java.util.HashMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes settings in by their names: {@code autonomy} is {@code {level}}, {@code system_status} is
 * {@code {status}}, {@code quiet_hours.<name>} is the body of those quiet hours. Pure.
 */
public final class SettingReader {

  public static final String AUTONOMY = "autonomy";
  public static final String SYSTEM_STATUS = "system_status";
  public static final String QUIET_HOURS = "quiet_hours.";

  private final QuietHoursReader quietHours;

  /**
   * @param zone of quiet hours that name none
   */
  public SettingReader(ZoneId zone) {
    this.quietHours = new QuietHoursReader(zone);
  }

  /** The settings with one of them changed; what rules know nothing of changes nothing. */
  public Parsed<RuleSettings> with(RuleSettings before, String name, ObjectNode value) {
    if (name.equals(AUTONOMY)) {
      String level = value.path("level").asString("");
      for (AutonomyLevel known : AutonomyLevel.values()) {
        if (known.name().equals(level)) {
          return new Parsed.Good<>(before.withAutonomy(known));
        }
      }
      return new Parsed.Bad<>("has no level from A0 to A4");
    }
    if (name.equals(SYSTEM_STATUS)) {
      String status = value.path("status").asString("");
      for (SystemStatus known : SystemStatus.values()) {
        if (known.wire().equals(status)) {
          return new Parsed.Good<>(before.withStatus(known));
        }
      }
      return new Parsed.Bad<>("has no status of healthy, degraded and down");
    }
    return name.startsWith(QUIET_HOURS)
        ? withQuietHours(before, name.substring(QUIET_HOURS.length()), value)
        : new Parsed.Good<>(before);
  }

  /** The settings with one of them back to what holds where nobody has said anything. */
  public RuleSettings without(RuleSettings before, String name) {
    if (name.equals(AUTONOMY)) {
      return before.withAutonomy(RuleSettings.DEFAULT.autonomy());
    }
    if (name.equals(SYSTEM_STATUS)) {
      return before.withStatus(RuleSettings.DEFAULT.status());
    }
    if (!name.startsWith(QUIET_HOURS)) {
      return before;
    }
    var hours = new HashMap<>(before.quietHours());
    hours.remove(name.substring(QUIET_HOURS.length()));
    return before.withQuietHours(hours);
  }

  private Parsed<RuleSettings> withQuietHours(RuleSettings before, String name, ObjectNode value) {
    return switch (quietHours.read(value)) {
      case QuietHoursReading.Accepted(QuietHours hours, var _) -> {
        var all = new HashMap<>(before.quietHours());
        all.put(name, hours);
        yield new Parsed.Good<>(before.withQuietHours(all));
      }
      case QuietHoursReading.Rejected(var problems) ->
          new Parsed.Bad<>(problems.getFirst().pointer() + " " + problems.getFirst().message());
    };
  }
}

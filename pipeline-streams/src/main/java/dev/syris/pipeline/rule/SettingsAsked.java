package dev.syris.pipeline.rule;

import dev.syris.rules.condition.Condition;
import dev.syris.rules.rule.Rule;
import dev.syris.rules.setting.SettingReader;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which settings a rule looks at. Pure. */
final class SettingsAsked {

  private SettingsAsked() {}

  static Set<String> by(Rule rule) {
    var names = new TreeSet<String>();
    collect(rule.conditions(), names);
    if (rule.restraint().quietHours() != null) {
      names.add(SettingReader.QUIET_HOURS + rule.restraint().quietHours());
    }
    return names;
  }

  private static void collect(Condition condition, Set<String> names) {
    switch (condition) {
      case Condition.All(List<Condition> parts) -> parts.forEach(part -> collect(part, names));
      case Condition.Any(List<Condition> parts) -> parts.forEach(part -> collect(part, names));
      case Condition.None(List<Condition> parts) -> parts.forEach(part -> collect(part, names));
      case Condition.AutonomyAtLeast _ -> names.add(SettingReader.AUTONOMY);
      case Condition.StatusIs _ -> names.add(SettingReader.SYSTEM_STATUS);
      default -> {
        // asks about the event or the time
      }
    }
  }
}

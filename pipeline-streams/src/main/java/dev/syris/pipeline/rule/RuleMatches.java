package dev.syris.pipeline.rule;

import dev.syris.contracts.event.Event;
import dev.syris.contracts.json.Json;
import dev.syris.pipeline.control.Standing;
import dev.syris.pipeline.flow.Arrival;
import dev.syris.rules.rule.Rule;
import dev.syris.rules.setting.SettingReader;
import dev.syris.rules.suppress.Match;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** Finds the rules an event meets. Pure. */
public final class RuleMatches {

  private RuleMatches() {}

  /**
   * The matches, the first rule first. Where there are no rules the event is not even looked at.
   *
   * @param grantedScopes what the event may cause
   */
  public static List<RuleMatch> of(Arrival arrival, Standing standing, List<String> grantedScopes) {
    if (standing.rules().isEmpty()) {
      return List.of();
    }
    Event event = arrival.event();
    ObjectNode tree = EventTree.of(event);
    List<Rule> rules = standing.rules().matches(tree, standing.settings().at(event.ingestedAt()));
    return rules.stream()
        .map(
            rule ->
                new RuleMatch(
                    rule,
                    tree,
                    Match.of(rule, tree, event.ingestedAt(), standing.settings()),
                    grantedScopes,
                    arrival.chain()))
        .toList();
  }

  /**
   * What the settings say that the matches rest on. One that nobody made has no version, but says
   * something all the same; quiet hours that are not there say nothing.
   */
  public static Map<String, ObjectNode> settingValues(List<RuleMatch> matches, Standing standing) {
    var values = new TreeMap<String, ObjectNode>();
    for (RuleMatch match : matches) {
      for (String name : SettingsAsked.by(match.rule())) {
        ObjectNode value = standing.settingValues().get(name);
        if (value != null) {
          values.put(name, value);
        } else if (name.equals(SettingReader.AUTONOMY)) {
          values.put(name, Json.object().put("level", standing.settings().autonomy().name()));
        } else if (name.equals(SettingReader.SYSTEM_STATUS)) {
          values.put(name, Json.object().put("status", standing.settings().status().wire()));
        }
      }
    }
    return values;
  }

  /** The versions of the settings that the matches rest on. */
  public static Map<String, Long> settingVersions(List<RuleMatch> matches, Standing standing) {
    var versions = new TreeMap<String, Long>();
    for (RuleMatch match : matches) {
      for (String name : SettingsAsked.by(match.rule())) {
        Long version = standing.settingVersions().get(name);
        if (version != null) {
          versions.put(name, version);
        }
      }
    }
    return versions;
  }
}

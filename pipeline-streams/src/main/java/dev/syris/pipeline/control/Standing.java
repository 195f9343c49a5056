package dev.syris.pipeline.control;

import dev.syris.rules.match.RuleIndex;
import dev.syris.rules.setting.RuleSettings;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rules and settings as they stand at one time. Immutable.
 *
 * @param settingVersions of each setting there is, by its name
 * @param settingValues of each setting there is, as it was told
 */
public record Standing(
    RuleIndex rules,
    RuleSettings settings,
    Map<String, Long> settingVersions,
    Map<String, ObjectNode> settingValues) {

  /** No rule, and no setting that anybody made. */
  public static final Standing NOTHING =
      new Standing(RuleIndex.EMPTY, RuleSettings.DEFAULT, Map.of(), Map.of());

  public Standing {
    settingVersions = Map.copyOf(settingVersions);
    settingValues = Map.copyOf(settingValues);
  }
}

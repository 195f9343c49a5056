package dev.syris.pipeline.control;

import dev.syris.rules.match.RuleIndex;
import dev.syris.rules.setting.RuleSettings;
import java.util.Map;

/**
 * The rules and settings as they stand at one time. Immutable.
 *
 * @param settingVersions of each setting there is, by its name
 */
public record Standing(RuleIndex rules, RuleSettings settings, Map<String, Long> settingVersions) {

  /** No rule, and no setting that anybody made. */
  public static final Standing NOTHING =
      new Standing(RuleIndex.EMPTY, RuleSettings.DEFAULT, Map.of());

  public Standing {
    settingVersions = Map.copyOf(settingVersions);
  }
}

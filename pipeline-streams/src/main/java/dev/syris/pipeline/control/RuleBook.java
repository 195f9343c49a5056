package dev.syris.pipeline.control;

import dev.syris.contracts.json.Json;
import dev.syris.rules.match.RuleIndex;
import dev.syris.rules.problem.Parsed;
import dev.syris.rules.rule.Rule;
import dev.syris.rules.rule.RuleReader;
import dev.syris.rules.rule.RuleReading;
import dev.syris.rules.setting.RuleSettings;
import dev.syris.rules.setting.SettingReader;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the control topics say: the rules and settings there are, in a form that can be asked.
 * Written by the thread that reads them, read by the stream threads. The index is built when it is
 * next asked for, so that ten thousand rules at a start are one building and not ten thousand.
 * Thread-safe.
 */
public final class RuleBook {

  private final SettingReader settingReader;
  private final Map<String, Rule> rules = new HashMap<>();
  private final Map<String, Long> settingVersions = new HashMap<>();
  private final Map<String, ObjectNode> settingValues = new HashMap<>();
  private RuleSettings settings = RuleSettings.DEFAULT;
  private volatile @Nullable Standing standing = Standing.NOTHING;

  /**
   * @param zone of quiet hours that name none
   */
  public RuleBook(ZoneId zone) {
    this.settingReader = new SettingReader(zone);
  }

  /** The rules and settings as they stand. */
  public Standing standing() {
    Standing known = standing;
    return known == null ? build() : known;
  }

  private synchronized Standing build() {
    Standing built = standing;
    if (built == null) {
      built = new Standing(RuleIndex.of(rules.values()), settings, settingVersions, settingValues);
      standing = built;
    }
    return built;
  }

  /**
   * Takes a rule in.
   *
   * @param value null where it is deleted
   * @throws IllegalArgumentException where it is none; what was known of it before stays
   */
  synchronized void rule(String id, byte @Nullable [] value) {
    if (value == null) {
      rules.remove(id);
    } else {
      Rule rule = read(value);
      if (!rule.ruleId().equals(id)) {
        throw new IllegalArgumentException(
            "rule %s lies under another id".formatted(rule.ruleId()));
      }
      Rule known = rules.get(id);
      if (known == null || known.version() <= rule.version()) {
        rules.put(id, rule);
      }
    }
    standing = null;
  }

  /**
   * Takes a setting in.
   *
   * @param value null where it is deleted
   * @throws IllegalArgumentException where it is none; what was known of it before stays
   */
  synchronized void setting(String name, byte @Nullable [] value) {
    if (value == null) {
      settings = settingReader.without(settings, name);
      settingVersions.remove(name);
      settingValues.remove(name);
    } else {
      JsonNode json = Json.mapper().readTree(value);
      long version = json.path("version").asLong(0);
      if (version < 1 || !(json.path("value") instanceof ObjectNode body)) {
        throw new IllegalArgumentException("a setting has a version and a value");
      }
      if (settingVersions.getOrDefault(name, 0L) <= version) {
        settings =
            switch (settingReader.with(settings, name, body)) {
              case Parsed.Good<RuleSettings>(RuleSettings changed) -> changed;
              case Parsed.Bad<RuleSettings>(String message) ->
                  throw new IllegalArgumentException("the value " + message);
            };
        settingVersions.put(name, version);
        settingValues.put(name, body);
      }
    }
    standing = null;
  }

  private static Rule read(byte[] value) {
    return switch (RuleReader.readStored(Json.mapper().readTree(value))) {
      case RuleReading.Accepted(Rule rule) -> rule;
      case RuleReading.Rejected(var problems) ->
          throw new IllegalArgumentException(
              problems.getFirst().pointer() + " " + problems.getFirst().message());
    };
  }
}

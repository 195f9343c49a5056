package dev.syris.rules.rule;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import dev.syris.rules.condition.Condition;
import dev.syris.rules.condition.ConditionReader;
import dev.syris.rules.condition.ConditionReading;
import dev.syris.rules.problem.Problem;
import dev.syris.rules.problem.Problems;
import dev.syris.rules.problem.Shown;
import dev.syris.rules.template.Template;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads rules from JSON, and says all that is wrong with one. For one rule each. */
public final class RuleReader {

  /** What a reader is told beside a rule, and may send back with it: no member of one. */
  public static final List<String> TOLD =
      List.of("created_at", "updated_at", "hits", "suppressions", "last_fired_at");

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern NAME = Pattern.compile("(?s)(?=.*\\S).{1,200}");
  private static final int MAX_KEY_TEMPLATE = 512;
  private static final int MAX_PRIORITY = 1000;
  private static final Set<String> MEMBERS =
      Set.of(
          "rule_id",
          "version",
          "name",
          "enabled",
          "priority",
          "conditions",
          "actions",
          "key",
          "debounce_ms",
          "dedupe_window_ms",
          "dedupe_key",
          "quiet_hours_policy_id",
          "max_per_minute");

  private final Members members;
  private final Problems problems;
  private final JsonNode json;

  private RuleReader(JsonNode json, Problems problems) {
    this.json = json;
    this.problems = problems;
    this.members = new Members(json, "", problems);
  }

  /**
   * Reads what a client wrote. It may name the rule's id and a version, as what it once read does:
   * the id must be the given one then, the version is not heard.
   *
   * @param ruleId what the rule is or will be known by
   * @param version the version it is or will be
   */
  public static RuleReading read(JsonNode json, String ruleId, long version) {
    return read(json, ruleId, Long.valueOf(version));
  }

  /** Reads a rule as it is on the wire, with its id and version. */
  public static RuleReading readStored(JsonNode json) {
    return read(json, null, null);
  }

  /** Whether a text can be the id of a rule. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  private static RuleReading read(JsonNode json, @Nullable String ruleId, @Nullable Long version) {
    var problems = new Problems();
    if (!json.isObject()) {
      problems.add("", "is %s; a rule is an object".formatted(Shown.value(json)));
      return new RuleReading.Rejected(problems.toList());
    }
    String fault = StorableText.faultIn(json);
    int size = Json.bytes(json).length;
    if (fault != null) {
      problems.add("", fault + ", which can't be kept; take it away");
    } else if (size > Rule.MAX_BYTES) {
      problems.add("", "has %d bytes; at most %d are taken".formatted(size, Rule.MAX_BYTES));
    }
    Rule rule = problems.isEmpty() ? new RuleReader(json, problems).rule(ruleId, version) : null;
    return rule == null
        ? new RuleReading.Rejected(problems.toList())
        : new RuleReading.Accepted(rule);
  }

  /** The rule; null where there are problems. */
  private @Nullable Rule rule(@Nullable String ruleId, @Nullable Long givenVersion) {
    members.only(MEMBERS, "a rule");
    String id = id(ruleId);
    long version =
        givenVersion == null ? members.number("version", 1, Long.MAX_VALUE, 0) : givenVersion;
    if (version == 0) {
      members.wrong("version", "a whole number from 1");
    }
    String name = members.text("name", NAME, true, "a name of 1 to 200 characters");
    boolean enabled = members.flag("enabled", true);
    int priority = (int) members.number("priority", -MAX_PRIORITY, MAX_PRIORITY, 0);
    Condition conditions = conditions();
    List<RuleAction> actions =
        new ActionReader(problems).read(members.value("actions"), members.pointer("actions"));
    Restraint restraint = restraint();
    if (!problems.isEmpty() || id == null || name == null || conditions == null) {
      return null;
    }
    ObjectNode written = written(id, version, enabled, priority);
    return new Rule(id, version, name, enabled, priority, conditions, actions, restraint, written);
  }

  private @Nullable String id(@Nullable String expected) {
    if (expected == null || members.has("rule_id")) {
      String id =
          members.text(
              "rule_id",
              ID,
              true,
              "an id of 1 to 64 letters, digits, dots, dashes and underscores");
      if (id != null && expected != null && !id.equals(expected)) {
        problems.add(
            members.pointer("rule_id"),
            "is %s; the rule here is %s".formatted(Shown.text(id), Shown.text(expected)));
      }
      return id;
    }
    return expected;
  }

  private @Nullable Condition conditions() {
    JsonNode given = members.value("conditions");
    if (given.isMissingNode()) {
      members.wrong("conditions", "an object with all, any, none, field or another condition");
      return null;
    }
    return switch (ConditionReader.read(given)) {
      case ConditionReading.Accepted(Condition condition, var _) -> condition;
      case ConditionReading.Rejected(List<Problem> found) -> {
        found.forEach(
            problem ->
                problems.add(members.pointer("conditions") + problem.pointer(), problem.message()));
        yield null;
      }
    };
  }

  private Restraint restraint() {
    Template key = members.textTemplate("key", MAX_KEY_TEMPLATE);
    Template dedupeKey = members.textTemplate("dedupe_key", MAX_KEY_TEMPLATE);
    long dedupeWindow = members.number("dedupe_window_ms", 0, Restraint.MAX_DEDUPE_WINDOW_MS, 0);
    if (dedupeKey != null && dedupeWindow == 0) {
      problems.add(
          members.pointer("dedupe_key"),
          "has no effect without a dedupe_window_ms; say how long, or take it away");
    }
    return new Restraint(
        key,
        members.number("debounce_ms", 0, Restraint.MAX_DEBOUNCE_MS, 0),
        dedupeWindow,
        dedupeKey,
        members.text(
            "quiet_hours_policy_id",
            NAME,
            false,
            "the name of quiet hours, of 1 to 200 characters"),
        (int)
            members.number(
                "max_per_minute",
                1,
                Restraint.HIGHEST_MAX_PER_MINUTE,
                Restraint.DEFAULT_MAX_PER_MINUTE));
  }

  private ObjectNode written(String id, long version, boolean enabled, int priority) {
    ObjectNode written = Json.object().put("rule_id", id).put("version", version);
    written.set("name", members.value("name"));
    written.put("enabled", enabled).put("priority", priority);
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      if (!written.has(member.getKey()) && !member.getValue().isNull()) {
        written.set(member.getKey(), member.getValue().deepCopy());
      }
    }
    return written;
  }
}

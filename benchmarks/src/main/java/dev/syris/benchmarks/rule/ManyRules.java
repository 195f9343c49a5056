package dev.syris.benchmarks.rule;

import dev.syris.contracts.json.Json;
import dev.syris.rules.rule.Rule;
import dev.syris.rules.rule.RuleReader;
import dev.syris.rules.rule.RuleReading;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of a house: each hears of one thing on a channel all share. */
public final class ManyRules {

  private ManyRules() {}

  /** So many rules, of which the one in the middle hears of {@code thing}. */
  public static List<Rule> about(String thing, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> rule(i, i == count / 2 ? thing : "light.other_" + i))
        .toList();
  }

  /** A rule that hears of a thing. */
  public static Rule rule(int number, String thing) {
    ObjectNode json = Json.object().put("name", "Rule " + number).put("max_per_minute", 6000);
    ArrayNode all = json.putObject("conditions").putArray("all");
    field(all, "source.channel", "eq").put("value", "mqtt");
    field(all, "content.structured.entity", "eq").put("value", thing);
    field(all, "content.structured.brightness", "gt").put("value", 100);
    field(all, "content.structured.state", "in").putArray("value").add("on").add("dimmed");
    json.putArray("actions")
        .addObject()
        .put("type", "call_tool")
        .put("tool", "noop")
        .put("action", "run");
    return switch (RuleReader.read(json, "rule-" + number, 1)) {
      case RuleReading.Accepted(Rule rule) -> rule;
      case RuleReading.Rejected rejected -> throw new IllegalStateException(rejected.toString());
    };
  }

  private static ObjectNode field(ArrayNode all, String path, String op) {
    return all.addObject().put("field", path).put("op", op);
  }
}

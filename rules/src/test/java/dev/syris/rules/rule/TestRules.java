package dev.syris.rules.rule;

import dev.syris.contracts.json.Json;
import tools.jackson.databind.JsonNode;

/** Rules for tests, from the members that matter. */
public final class TestRules {

  public static final String ANY_EVENT = "{\"field\":\"event_id\",\"op\":\"exists\"}";

  private TestRules() {}

  /** A rule in JSON: single quotes stand for double ones; what is not given is filled in. */
  public static Rule rule(String json) {
    return rule("rule-1", 1, json);
  }

  public static Rule rule(String id, long version, String json) {
    return switch (RuleReader.read(complete(json), id, version)) {
      case RuleReading.Accepted(Rule rule) -> rule;
      case RuleReading.Rejected rejected -> throw new AssertionError(rejected.toString());
    };
  }

  static JsonNode complete(String json) {
    var node = Json.object();
    node.put("name", "a rule");
    node.set("conditions", json(ANY_EVENT));
    node.set("actions", json("[{'type':'call_tool','tool':'noop','action':'run'}]"));
    json(json).properties().forEach(member -> node.set(member.getKey(), member.getValue()));
    return node;
  }

  public static JsonNode json(String json) {
    return Json.mapper().readTree(json.replace('\'', '"'));
  }

  /** An event with something structured in it. */
  public static JsonNode event(String structured) {
    return json(
        "{'event_id':'e','source':{'channel':'ha_event','connector_id':'home'},"
            + "'content':{'structured':%s}}".formatted(structured));
  }
}

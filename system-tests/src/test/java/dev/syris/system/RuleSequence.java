package dev.syris.system;

import dev.syris.contracts.json.Json;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules and the events they meet, made of a number. Events come in bursts, each of one connector:
 * what is posted at once on one partition has one order, and what lies on several partitions at the
 * same time has none that anybody promised.
 */
final class RuleSequence {

  static final String ALWAYS = "sequence-always";
  static final String NOT_TODAY = "sequence-not-today";

  /** The limit of the rule that trips. */
  private static final int LIMIT = 3;

  private static final int BURSTS = 11;
  private static final List<String> CONNECTORS = List.of("house", "garden", "garage", "cellar");

  private final Random random;
  private final String run;

  RuleSequence(long seed) {
    this.random = new Random(seed);
    this.run = "run-" + seed;
  }

  /** Quiet hours that hold now, and quiet hours that don't, by name. */
  static Map<String, String> quietHours(ZonedDateTime now) {
    String other =
        now.withZoneSameInstant(ZoneOffset.UTC)
            .plusDays(3)
            .getDayOfWeek()
            .name()
            .substring(0, 3)
            .toLowerCase(Locale.ROOT);
    String form = "{\"timezone\":\"UTC\",\"windows\":[{%s\"start\":\"00:00\",\"end\":\"24:00\"}]}";
    return Map.of(
        ALWAYS, form.formatted(""), NOT_TODAY, form.formatted("\"days\":[\"" + other + "\"],"));
  }

  /** The id of the rule that goes over its limit with the last burst. */
  String storm() {
    return run + "-storm";
  }

  Map<String, String> rules() {
    var rules = new LinkedHashMap<String, String>();
    rules.put(
        run + "-covers",
        rule(
            "cover-*",
            "\"key\":\"${content.structured.entity}\",\"debounce_ms\":150,"
                + "\"dedupe_window_ms\":4000,\"dedupe_key\":\"${content.structured.state}\""));
    rules.put(run + "-content", rule("*", "\"dedupe_window_ms\":1500"));
    rules.put(run + "-debounced", rule("[cd]*", "\"debounce_ms\":400"));
    rules.put(
        run + "-night",
        rule("*-1", "\"debounce_ms\":50,\"quiet_hours_policy_id\":\"%s\"".formatted(ALWAYS)));
    rules.put(
        run + "-day",
        rule(
            "*",
            "\"key\":\"${source.connector_id}\",\"debounce_ms\":90,\"quiet_hours_policy_id\":\"%s\""
                .formatted(NOT_TODAY)));
    rules.put(storm(), rule("storm", "\"key\":\"${content.structured.state}\"", LIMIT));
    return rules;
  }

  private String rule(String entities, String restraint) {
    return rule(entities, restraint, 6000);
  }

  private String rule(String entities, String restraint, int limit) {
    return """
    {"name":"%s","conditions":{"all":[
       {"field":"content.structured.run","op":"eq","value":"%s"},
       {"field":"content.structured.entity","op":"matches","value":"%s"}]},
     "actions":[{"type":"call_tool","tool":"system","action":"status"}],"max_per_minute":%d,%s}
    """
        .formatted(run, run, entities, limit, restraint);
  }

  /** The bodies of {@code POST /events}, to be posted one after the other. */
  List<ArrayNode> bursts() {
    var bursts = new ArrayList<ArrayNode>();
    for (int i = 0; i < BURSTS; i++) {
      String connector = CONNECTORS.get(random.nextInt(CONNECTORS.size()));
      ArrayNode burst = Json.mapper().createArrayNode();
      for (int n = 1 + random.nextInt(10); n > 0; n--) {
        String entity = random.nextInt(4) == 0 ? "door-1" : "cover-" + random.nextInt(3);
        burst.add(event(connector, entity, random.nextInt(4)));
      }
      bursts.add(burst);
    }
    ArrayNode last = Json.mapper().createArrayNode();
    for (int n = 0; n < 2 * LIMIT; n++) {
      last.add(event(CONNECTORS.getFirst(), "storm", n));
    }
    bursts.add(last);
    return bursts;
  }

  private ObjectNode event(String connector, String entity, int state) {
    ObjectNode event =
        Json.object().put("channel", "ha_event").put("connector_id", run + "-" + connector);
    event.putObject("structured").put("run", run).put("entity", entity).put("state", "s" + state);
    return event;
  }
}

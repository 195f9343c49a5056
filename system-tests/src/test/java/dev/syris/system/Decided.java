package dev.syris.system;

import tools.jackson.databind.JsonNode;

/**
 * What became of a match of a rule.
 *
 * @param version of the rule; 0 where it is not told
 * @param key what the event is about
 * @param what {@code fired}, or what held it back and until when
 */
record Decided(String event, String rule, long version, String key, String what) {

  /** What a record of the trail says. */
  static Decided told(JsonNode audit) {
    JsonNode details = audit.path("details");
    return new Decided(
        audit.at("/refs/event_id").asString(),
        audit.at("/refs/rule_id").asString(),
        details.path("rule_version").asLong(),
        details.path("key").asString(""),
        audit.path("type").asString().equals("rule.triggered") ? "fired" : held(details));
  }

  /** What a sample of a trial says. */
  static Decided tried(String rule, JsonNode sample) {
    boolean fired = sample.path("outcome").asString().equals("fired");
    return new Decided(
        sample.path("event_id").asString(),
        rule,
        0,
        sample.path("key").asString(""),
        fired ? "fired" : held(sample));
  }

  private static String held(JsonNode told) {
    return told.path("reason").asString() + " until " + told.path("until").asString("no time");
  }

  Decided withoutVersion() {
    return new Decided(event, rule, 0, key, what);
  }
}

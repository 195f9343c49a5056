package dev.syris.pipeline.rule;

import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import dev.syris.pipeline.flow.CauseChain;
import dev.syris.rules.rule.Rule;
import dev.syris.rules.rule.RuleReader;
import dev.syris.rules.rule.RuleReading;
import dev.syris.rules.suppress.Match;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Matches as bytes. Knows the rules it read last, for many matches are of the same few rules. One
 * per task, used by one thread.
 *
 * <p>A record says what it is in {@code kind}; there is one, {@code match}. Deadlines will be
 * another, {@code deadline-due}, in line with the matches of their rule.
 */
public final class RuleMatchCodec {

  private static final String MATCH = "match";
  private static final int KNOWN = 256;

  private final Map<String, Known> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > KNOWN;
        }
      };

  /** A rule, and the JSON it was read from. */
  private record Known(JsonNode json, Rule rule) {}

  public static byte[] write(RuleMatch match) {
    ObjectNode json = Json.object().put("kind", MATCH);
    json.set("rule", match.rule().written());
    json.set("event", match.event());
    json.put("key", match.match().key());
    if (match.match().dedupe() != null) {
      json.put("dedupe", match.match().dedupe().toString());
    }
    Match.Quiet quiet = match.match().quiet();
    if (quiet != null) {
      ObjectNode held = json.putObject("quiet");
      if (quiet.until() != null) {
        held.put("until", InstantCodec.format(quiet.until()));
      }
    }
    match.grantedScopes().forEach(json.putArray("granted_scopes")::add);
    json.put("cause_chain", match.chain().toString());
    return Json.bytes(json);
  }

  /**
   * Reads a match.
   *
   * @throws RuntimeException where the bytes are none
   */
  RuleMatch read(byte @Nullable [] bytes) {
    JsonNode json = bytes == null ? Json.object() : Json.mapper().readTree(bytes);
    if (!json.path("kind").asString("").equals(MATCH)
        || !(json.path("event") instanceof ObjectNode event)) {
      throw new IllegalArgumentException("the record is no match of a rule");
    }
    JsonNode dedupe = json.path("dedupe");
    List<String> scopes =
        json.path("granted_scopes").valueStream().map(JsonNode::asString).toList();
    return new RuleMatch(
        rule(json.path("rule")),
        event,
        new Match(
            json.path("key").asString(""),
            dedupe.isString() ? Uuids.parse(dedupe.asString()) : null,
            json.has("quiet") ? quiet(json.path("quiet").path("until")) : null),
        scopes,
        CauseChain.parse(json.path("cause_chain").asString("")));
  }

  private static Match.Quiet quiet(JsonNode until) {
    return new Match.Quiet(until.isString() ? Instant.parse(until.asString()) : null);
  }

  private Rule rule(JsonNode json) {
    Known before = known.get(json.path("rule_id").asString(""));
    if (before != null && before.json().equals(json)) {
      return before.rule();
    }
    return switch (RuleReader.readStored(json)) {
      case RuleReading.Accepted(Rule rule) -> {
        known.put(rule.ruleId(), new Known(json, rule));
        yield rule;
      }
      case RuleReading.Rejected(var problems) ->
          throw new IllegalArgumentException(
              "the rule %s %s"
                  .formatted(problems.getFirst().pointer(), problems.getFirst().message()));
    };
  }
}

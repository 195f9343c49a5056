package dev.syris.gateway.rule;

import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.Json;
import dev.syris.gateway.fixture.TaskRows;
import dev.syris.rules.replay.PastEvent;
import dev.syris.rules.rule.Rule;
import dev.syris.rules.rule.RuleReader;
import dev.syris.rules.rule.RuleReading;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Doors of the past and the rule on them. */
final class PastEvents {

  private PastEvents() {}

  static PastEvent door(String state, Instant at) {
    ObjectNode event = Json.object();
    event.putObject("content").putObject("structured").put("state", state);
    return new PastEvent(event, new EventId(UUID.randomUUID()), new TraceId(UUID.randomUUID()), at);
  }

  static Rule rule(long debounceMs) {
    return rule(TaskRows.doorRule(debounceMs));
  }

  static Rule rule(ObjectNode json) {
    if (RuleReader.read(json, "doors", 3) instanceof RuleReading.Accepted(Rule rule)) {
      return rule;
    }
    throw new IllegalArgumentException("no rule: " + json);
  }
}

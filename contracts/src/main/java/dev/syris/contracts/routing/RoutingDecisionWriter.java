package dev.syris.contracts.routing;

import dev.syris.contracts.json.RecordWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.node.ObjectNode;

/** Writes decisions. */
final class RoutingDecisionWriter extends RecordWriter<RoutingDecision> {

  RoutingDecisionWriter() {
    super(RoutingDecision.class);
  }

  @Override
  protected void fields(
      RoutingDecision decision, JsonGenerator json, SerializationContext context) {
    id(json, "trace_id", decision.traceId().value());
    id(json, "event_id", decision.eventId().value());
    time(json, "decided_at", decision.decidedAt());
    text(json, "execution_mode", decision.executionMode().wire());
    name(json, "match");
    json.writeStartObject();
    text(json, "fastpath", decision.match().fastpath());
    texts(json, "rule_ids", decision.match().ruleIds());
    name(json, "used_llm");
    json.writeBoolean(decision.match().usedLlm());
    json.writeEndObject();
    text(json, "intent", decision.intent());
    if (decision.confidence() != null) {
      name(json, "confidence");
      json.writeNumber(decision.confidence().doubleValue());
    }
    node(json, context, "params", decision.params());
    texts(json, "required_scopes", decision.requiredScopes());
    text(json, "risk_level", decision.riskLevel().wire());
    versions(json, "rule_versions", decision.ruleVersions());
    versions(json, "setting_versions", decision.settingVersions());
    values(json, context, "setting_values", decision.settingValues());
    text(json, "notes", decision.notes());
  }

  private static void values(
      JsonGenerator json,
      SerializationContext context,
      String name,
      @Nullable Map<String, ObjectNode> values) {
    if (values != null) {
      name(json, name);
      json.writeStartObject();
      for (Map.Entry<String, ObjectNode> value : values.entrySet()) {
        json.writeName(value.getKey());
        value.getValue().serialize(json, context);
      }
      json.writeEndObject();
    }
  }

  private static void versions(JsonGenerator json, String name, Map<String, Long> versions) {
    name(json, name);
    json.writeStartObject();
    for (Map.Entry<String, Long> version : versions.entrySet()) {
      json.writeName(version.getKey());
      json.writeNumber(version.getValue().longValue());
    }
    json.writeEndObject();
  }
}

package dev.syris.contracts.audit;

import dev.syris.contracts.json.RecordWriter;
import dev.syris.contracts.routing.RiskLevel;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;

/** Writes audit records. */
final class AuditEventWriter extends RecordWriter<AuditEvent> {

  AuditEventWriter() {
    super(AuditEvent.class);
  }

  @Override
  protected void fields(AuditEvent event, JsonGenerator json, SerializationContext context) {
    RiskLevel risk = event.riskLevel();
    id(json, "audit_id", event.auditId().value());
    number(json, "sequence", event.sequence());
    time(json, "timestamp", event.timestamp());
    time(json, "recorded_at", event.recordedAt());
    id(json, "trace_id", event.traceId().value());
    text(json, "stage", event.stage().wire());
    text(json, "type", event.type());
    text(json, "summary", event.summary());
    text(json, "outcome", event.outcome().wire());
    name(json, "actor");
    json.writeStartObject();
    text(json, "type", event.actor().type());
    text(json, "id", event.actor().id());
    json.writeEndObject();
    refs(event.refs(), json);
    number(json, "latency_ms", event.latencyMs());
    text(json, "tool", event.tool());
    text(json, "action", event.action());
    text(json, "connector_id", event.connectorId());
    text(json, "risk_level", risk == null ? null : risk.wire());
    text(json, "autonomy_level", event.autonomyLevel());
    text(json, "payload_ref", event.payloadRef());
    node(json, context, "details", event.details());
  }

  private static void refs(Refs refs, JsonGenerator json) {
    name(json, "refs");
    json.writeStartObject();
    for (Map.Entry<String, String> ref : refs.values().entrySet()) {
      text(json, ref.getKey(), ref.getValue());
    }
    json.writeEndObject();
  }
}

package dev.syris.contracts.tool;

import dev.syris.contracts.id.EventId;
import dev.syris.contracts.json.RecordWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;

/** Writes wishes to act. */
final class ToolCallRequestWriter extends RecordWriter<ToolCallRequest> {

  ToolCallRequestWriter() {
    super(ToolCallRequest.class);
  }

  @Override
  protected void fields(ToolCallRequest call, JsonGenerator json, SerializationContext context) {
    EventId event = call.eventId();
    id(json, "tool_call_id", call.toolCallId().value());
    id(json, "trace_id", call.traceId().value());
    id(json, "event_id", event == null ? null : event.value());
    text(json, "task_id", call.taskId());
    text(json, "step_id", call.stepId());
    text(json, "tool", call.tool());
    text(json, "action", call.action());
    node(json, context, "args", call.args());
    text(json, "idempotency_key", call.idempotencyKey());
    name(json, "requested_by");
    json.writeStartObject();
    text(json, "type", call.requestedBy().type());
    text(json, "id", call.requestedBy().id());
    json.writeEndObject();
    texts(json, "granted_scopes", call.grantedScopes());
    name(json, "depth");
    json.writeNumber(call.depth());
    time(json, "requested_at", call.requestedAt());
  }
}

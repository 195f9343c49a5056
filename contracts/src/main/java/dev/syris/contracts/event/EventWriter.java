package dev.syris.contracts.event;

import dev.syris.contracts.id.EventId;
import dev.syris.contracts.json.RecordWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;

/** Writes events. */
final class EventWriter extends RecordWriter<Event> {

  EventWriter() {
    super(Event.class);
  }

  @Override
  protected void fields(Event event, JsonGenerator json, SerializationContext context) {
    id(json, "event_id", event.eventId().value());
    name(json, "schema_version");
    json.writeNumber(event.schemaVersion());
    time(json, "occurred_at", event.occurredAt());
    time(json, "ingested_at", event.ingestedAt());
    source(event.source(), json);
    name(json, "actor");
    json.writeStartObject();
    text(json, "type", event.actor().type().wire());
    text(json, "id", event.actor().id());
    json.writeEndObject();
    content(event.content(), json, context);
    locality(event.context(), json);
    correlation(event.correlation(), json);
    name(json, "security");
    json.writeStartObject();
    text(json, "sensitivity", event.security().sensitivity().wire());
    text(json, "redaction_policy_id", event.security().redactionPolicyId());
    json.writeEndObject();
  }

  private static void source(Event.Source source, JsonGenerator json) {
    name(json, "source");
    json.writeStartObject();
    text(json, "channel", source.channel().wire());
    text(json, "connector_id", source.connectorId());
    text(json, "thread_id", source.threadId());
    text(json, "message_id", source.messageId());
    json.writeEndObject();
  }

  private static void content(
      Event.Content content, JsonGenerator json, SerializationContext context) {
    name(json, "content");
    json.writeStartObject();
    text(json, "text", content.text());
    node(json, context, "structured", content.structured());
    texts(json, "attachment_refs", content.attachmentRefs());
    texts(json, "links", content.links());
    json.writeEndObject();
  }

  private static void locality(Locality locality, JsonGenerator json) {
    name(json, "context");
    json.writeStartObject();
    text(json, "timezone", locality.timezone());
    text(json, "locale", locality.locale());
    text(json, "device_id", locality.deviceId());
    json.writeEndObject();
  }

  private static void correlation(Event.Correlation correlation, JsonGenerator json) {
    EventId parent = correlation.parentEventId();
    name(json, "correlation");
    json.writeStartObject();
    id(json, "trace_id", correlation.traceId().value());
    id(json, "parent_event_id", parent == null ? null : parent.value());
    text(json, "dedupe_key", correlation.dedupeKey());
    name(json, "depth");
    json.writeNumber(correlation.depth());
    json.writeEndObject();
  }
}

package dev.syris.pipeline.rule;

import dev.syris.contracts.event.Event;
import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event as the JSON rules ask about: the same as on its topic, a test holds the two together. By
 * hand, for it is made of every event while there are rules; what is structured is shared, not
 * copied.
 */
final class EventTree {

  private EventTree() {}

  static ObjectNode of(Event event) {
    ObjectNode tree = Json.object();
    tree.put("event_id", event.eventId().toString());
    tree.put("schema_version", event.schemaVersion());
    tree.put("occurred_at", InstantCodec.format(event.occurredAt()));
    tree.put("ingested_at", InstantCodec.format(event.ingestedAt()));
    ObjectNode source = tree.putObject("source");
    source.put("channel", event.source().channel().wire());
    source.put("connector_id", event.source().connectorId());
    put(source, "thread_id", event.source().threadId());
    put(source, "message_id", event.source().messageId());
    ObjectNode actor = tree.putObject("actor");
    actor.put("type", event.actor().type().wire()).put("id", event.actor().id());
    content(tree.putObject("content"), event.content());
    ObjectNode context = tree.putObject("context");
    put(context, "timezone", event.context().timezone());
    put(context, "locale", event.context().locale());
    put(context, "device_id", event.context().deviceId());
    ObjectNode correlation = tree.putObject("correlation");
    correlation.put("trace_id", event.traceId().toString());
    put(correlation, "parent_event_id", event.correlation().parentEventId());
    put(correlation, "dedupe_key", event.correlation().dedupeKey());
    correlation.put("depth", event.correlation().depth());
    ObjectNode security = tree.putObject("security");
    security.put("sensitivity", event.security().sensitivity().wire());
    security.put("redaction_policy_id", event.security().redactionPolicyId());
    return tree;
  }

  private static void content(ObjectNode tree, Event.Content content) {
    put(tree, "text", content.text());
    tree.set("structured", content.structured());
    ArrayNode attachments = tree.putArray("attachment_refs");
    content.attachmentRefs().forEach(attachments::add);
    ArrayNode links = tree.putArray("links");
    content.links().forEach(links::add);
  }

  private static void put(ObjectNode tree, String name, @Nullable Object value) {
    if (value != null) {
      tree.put(name, value.toString());
    }
  }
}

package dev.syris.contracts.json;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Writes one kind of record field by field. For the records written for every event: through
 * reflection they cost more than all the rest the pipeline does. What is written is what reflection
 * would write; a test holds the two together. Thread-safe.
 */
public abstract class RecordWriter<T> extends StdSerializer<T> {

  protected RecordWriter(Class<T> type) {
    super(type);
  }

  @Override
  public final void serialize(T value, JsonGenerator json, SerializationContext context) {
    json.writeStartObject();
    fields(value, json, context);
    json.writeEndObject();
  }

  /** Writes what is between the braces. */
  protected abstract void fields(T value, JsonGenerator json, SerializationContext context);

  /** A text; nothing where there is none. */
  protected static void text(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      json.writeName(name);
      json.writeString(value);
    }
  }

  protected static void id(JsonGenerator json, String name, @Nullable UUID value) {
    text(json, name, value == null ? null : value.toString());
  }

  protected static void time(JsonGenerator json, String name, @Nullable Instant value) {
    text(json, name, value == null ? null : InstantCodec.format(value));
  }

  protected static void number(JsonGenerator json, String name, @Nullable Long value) {
    if (value != null) {
      json.writeName(name);
      json.writeNumber(value.longValue());
    }
  }

  protected static void texts(JsonGenerator json, String name, List<String> values) {
    json.writeName(name);
    json.writeStartArray();
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  protected static void node(
      JsonGenerator json, SerializationContext context, String name, @Nullable JsonNode value) {
    if (value != null) {
      json.writeName(name);
      value.serialize(json, context);
    }
  }
}

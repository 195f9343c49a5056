package dev.syris.contracts.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.UTF8JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Writes one kind of record field by field. For the records written for every event: through
 * reflection they cost more than all the rest the pipeline does. What is written is what reflection
 * would write; a test holds the two together. Thread-safe.
 */
public abstract class RecordWriter<T> extends StdSerializer<T> {

  /** Shorter texts are written as fast one by one. */
  private static final int LONG_TEXT = 16;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  /** The fields of our records, quoted once. */
  private static final Map<String, SerializableString> NAMES = new ConcurrentHashMap<>();

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

  /** The name of a field of the record; a literal, never data, for it is kept. */
  protected static void name(JsonGenerator json, String name) {
    SerializableString quoted = NAMES.get(name);
    json.writeName(quoted == null ? NAMES.computeIfAbsent(name, SerializedString::new) : quoted);
  }

  /** A text; nothing where there is none. */
  protected static void text(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      name(json, name);
      string(json, value);
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
      name(json, name);
      json.writeNumber(value.longValue());
    }
  }

  protected static void texts(JsonGenerator json, String name, List<String> values) {
    name(json, name);
    json.writeStartArray();
    for (String value : values) {
      string(json, value);
    }
    json.writeEndArray();
  }

  protected static void node(
      JsonGenerator json, SerializationContext context, String name, @Nullable JsonNode value) {
    if (value != null) {
      name(json, name);
      tree(json, context, value);
    }
  }

  private static void tree(JsonGenerator json, SerializationContext context, JsonNode node) {
    if (node instanceof ObjectNode object) {
      json.writeStartObject();
      for (Map.Entry<String, JsonNode> property : object.properties()) {
        json.writeName(property.getKey());
        tree(json, context, property.getValue());
      }
      json.writeEndObject();
    } else if (node.isString()) {
      string(json, node.stringValue());
    } else {
      node.serialize(json, context);
    }
  }

  /**
   * Long texts that need no escapes, which is nearly all, go out as bytes in one piece instead of
   * character by character. A text of other characters than Latin-1 has question marks in these
   * bytes and goes the long way, as does one that has some of its own.
   */
  private static void string(JsonGenerator json, String value) {
    if (value.length() >= LONG_TEXT && json instanceof UTF8JsonGenerator) {
      byte[] bytes = value.getBytes(ISO_8859_1);
      if (plain(bytes)) {
        json.writeRawUTF8String(bytes, 0, bytes.length);
        return;
      }
    }
    json.writeString(value);
  }

  /**
   * Whether all bytes are printable ASCII other than quote, backslash and question mark; eight at a
   * time. The high bit of a byte that is not is set in one of the terms; a borrow can only set more
   * of them above such a byte.
   */
  private static boolean plain(byte[] bytes) {
    long odd = 0;
    int i = 0;
    for (; i <= bytes.length - Long.BYTES; i += Long.BYTES) {
      long word = (long) WORDS.get(bytes, i);
      odd |= word | (word - ONES * ' ');
      odd |= ((word ^ (ONES * '"')) - ONES) | ((word ^ (ONES * '\\')) - ONES);
      odd |= (word ^ (ONES * '?')) - ONES;
    }
    for (; i < bytes.length; i++) {
      byte b = bytes[i];
      if (b < ' ' || b == '"' || b == '\\' || b == '?') {
        return false;
      }
    }
    return (odd & HIGH_BITS) == 0;
  }
}

package dev.syris.ingest.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.syris.contracts.json.Json;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The text of a JSON object, to which members can be added without touching a byte of those it has.
 * Immutable as long as nobody writes to the bytes.
 */
record JsonObjectText(byte[] bytes, Set<String> names) {

  static final JsonObjectText EMPTY = new JsonObjectText("{}".getBytes(UTF_8), Set.of());

  /** The object that a well-formed text is; null where it is anything else. */
  static @Nullable JsonObjectText of(byte[] json) {
    try (JsonParser parser = Json.strict().createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      var names = new HashSet<String>();
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        names.add(name);
        parser.nextToken();
        parser.skipChildren();
      }
      return new JsonObjectText(json, names);
    }
  }

  /**
   * The same with one member more, as the last; the same as it is where it has one of this name.
   */
  JsonObjectText with(String name, byte[] value) {
    if (names.contains(name)) {
      return this;
    }
    var joined = new ByteArrayOutputStream(bytes.length + name.length() + value.length + 8);
    joined.write(bytes, 0, closingBrace());
    joined.writeBytes(
        ((names.isEmpty() ? "" : ",") + Json.mapper().writeValueAsString(name) + ":")
            .getBytes(UTF_8));
    joined.writeBytes(value);
    joined.write('}');
    var more = new HashSet<>(names);
    more.add(name);
    return new JsonObjectText(joined.toByteArray(), more);
  }

  JsonObjectText with(String name, Object value) {
    return with(name, Json.bytes(value));
  }

  /** What stands behind it can only be blanks. */
  private int closingBrace() {
    int i = bytes.length - 1;
    while (bytes[i] != '}') {
      i--;
    }
    return i;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonObjectText that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}

package dev.syris.pipeline.flow;

import dev.syris.contracts.event.RawEventReader;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Whose record it says it is, though it can't be used: enough to tell the operator where to look,
 * and nothing that grants anything. Pure.
 */
final class ClaimedConnector {

  private static final String FIELD = "connector_id";
  private static final int MAX_LENGTH = 128;

  private ClaimedConnector() {}

  /** The connector of a value that reads as JSON that far; null where it names none. */
  static @Nullable String of(byte @Nullable [] value) {
    if (value == null || value.length > RawEventReader.MAX_BYTES) {
      return null;
    }
    try (JsonParser parser = Json.strict().createParser(value)) {
      return parser.nextToken() == JsonToken.START_OBJECT ? named(parser) : null;
    } catch (JacksonException _) {
      return null;
    }
  }

  private static @Nullable String named(JsonParser parser) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean found = parser.currentName().equals(FIELD);
      JsonToken token = parser.nextToken();
      if (found) {
        return token == JsonToken.VALUE_STRING ? kept(parser.getString()) : null;
      }
      parser.skipChildren();
    }
    return null;
  }

  private static @Nullable String kept(String connector) {
    boolean fit =
        !connector.isBlank()
            && connector.length() <= MAX_LENGTH
            && StorableText.fault(connector) == null;
    return fit ? connector : null;
  }
}

package dev.syris.contracts.event;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Finds strings and names that hold U+0000 or half a surrogate pair, which no database text can
 * keep.
 */
final class UnstorableText {

  private UnstorableText() {}

  /** The problems of a well-formed document, at most {@code limit}. */
  static List<RawEventProblem> find(byte[] json, int limit) {
    var problems = new ArrayList<RawEventProblem>();
    try (JsonParser parser = Json.strict().createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token != JsonToken.PROPERTY_NAME && token != JsonToken.VALUE_STRING) {
          continue;
        }
        String fault = StorableText.fault(parser.getString());
        if (fault != null && problems.size() < limit) {
          problems.add(problem(parser, token, fault));
        }
      }
    }
    return problems;
  }

  private static RawEventProblem problem(JsonParser parser, JsonToken token, String fault) {
    var context = parser.streamReadContext();
    return token == JsonToken.PROPERTY_NAME
        ? new RawEventProblem(
            "field.text",
            context.getParent().pathAsPointer().toString(),
            "a name " + fault + "; remove it")
        : new RawEventProblem(
            "field.text", context.pathAsPointer().toString(), "the text " + fault + "; remove it");
  }
}

package dev.syris.contracts.event;

import dev.syris.contracts.event.RawEventReading.Unparseable;
import dev.syris.contracts.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;

/**
 * Takes a JSON array apart into the bytes of its elements, exactly as they were sent. Pure, never
 * throws.
 */
public final class RawEventBatch {

  /**
   * One level more than a raw event alone may have, so that an array takes what would be taken
   * alone.
   */
  private static final TokenStreamFactory FACTORY =
      Json.strict()
          .tokenStreamFactory()
          .rebuild()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(Json.MAX_DEPTH + 1).build())
          .build();

  private RawEventBatch() {}

  /** What became of bytes that should be an array. */
  public sealed interface Split {

    /** The elements' bytes, in order; each is still to be read by {@link RawEventReader}. */
    record Elements(List<byte[]> bytes) implements Split {
      public Elements {
        bytes = List.copyOf(bytes);
      }
    }

    /** An array of more elements than are taken; the rest was not read. */
    record TooMany(int limit) implements Split {}

    /** No JSON array. */
    record Failed(Unparseable why) implements Split {}
  }

  /** Whether the first thing that is not a blank opens an array. */
  public static boolean isArray(byte[] json) {
    for (byte b : json) {
      if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
        return b == '[';
      }
    }
    return false;
  }

  /**
   * Splits an array.
   *
   * @param limit how many elements it may have
   */
  public static Split split(byte[] json, int limit) {
    Utf8Scan scan = Utf8Scan.of(json);
    if (scan.problem() != null) {
      return failed("event.bad_encoding", scan.problem());
    }
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return failed("event.malformed", "not an array");
      }
      List<byte[]> elements = elements(parser, json, limit);
      if (elements.size() > limit) {
        return new Split.TooMany(limit);
      }
      return parser.nextToken() == null
          ? new Split.Elements(elements)
          : failed("event.malformed", "more than one value");
    } catch (JacksonException e) {
      return new Split.Failed(RawEventReader.unparseable(e));
    }
  }

  /** The elements; one more than the limit where there are more. */
  private static List<byte[]> elements(JsonParser parser, byte[] json, int limit) {
    var elements = new ArrayList<byte[]>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY && elements.size() <= limit;
        token = parser.nextToken()) {
      int start = (int) parser.currentTokenLocation().getByteOffset();
      parser.skipChildren();
      parser.finishToken();
      elements.add(Arrays.copyOfRange(json, start, (int) parser.currentLocation().getByteOffset()));
    }
    return elements;
  }

  private static Split failed(String code, String message) {
    return new Split.Failed(new Unparseable(new RawEventProblem(code, "", message)));
  }
}

package dev.syris.contracts.event;

import dev.syris.contracts.event.RawEventReading.Accepted;
import dev.syris.contracts.event.RawEventReading.Invalid;
import dev.syris.contracts.event.RawEventReading.Unparseable;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;

/**
 * Reads a raw event strictly, at every door alike: UTF-8 without a byte order mark, no duplicate
 * names, at most {@link Json#MAX_DEPTH} deep and {@link #MAX_BYTES} long, no U+0000 and no lone
 * surrogate anywhere, unknown fields ignored. Never throws, whatever the bytes. Pure.
 */
public final class RawEventReader {

  /**
   * Size limit of one raw event, in bytes, at every door: all that is made from it then fits into
   * one message.
   */
  public static final int MAX_BYTES = 1024 * 1024;

  /** How many problems of one document are told. */
  static final int MAX_PROBLEMS = 20;

  private RawEventReader() {}

  /** Reads what our own services wrote, reserved channels included. */
  public static RawEventReading read(byte @Nullable [] bytes) {
    return read(bytes, true);
  }

  /** Reads what came from outside: a reserved channel is a problem. */
  public static RawEventReading readPublic(byte @Nullable [] bytes) {
    return read(bytes, false);
  }

  private static RawEventReading read(byte @Nullable [] bytes, boolean ours) {
    if (bytes == null || bytes.length == 0) {
      return unparseable("event.empty", "there is no value; send a JSON object");
    }
    if (bytes.length > MAX_BYTES) {
      return unparseable(
          "event.too_large", "%d bytes; at most %d are taken".formatted(bytes.length, MAX_BYTES));
    }
    Utf8Scan scan = Utf8Scan.of(bytes);
    if (scan.problem() != null) {
      return unparseable("event.bad_encoding", scan.problem());
    }
    try (JsonParser parser = Json.strict().createParser(bytes)) {
      return read(parser, bytes, ours, scan.suspicious());
    }
  }

  private static RawEventReading read(
      JsonParser parser, byte[] bytes, boolean ours, boolean suspicious) {
    var fields = new RawEventFields(parser);
    try {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_OBJECT) {
        fields.readAll(ours);
      } else if (first != null) {
        fields.wrongType("", "an object");
      }
      if (first == null || parser.nextToken() != null) {
        return unparseable(
            "event.malformed",
            first == null ? "only blanks; send a JSON object" : "more than one value");
      }
    } catch (JacksonException e) {
      return unparseable(e);
    }
    List<RawEventProblem> unstorable =
        suspicious ? UnstorableText.find(bytes, MAX_PROBLEMS) : List.of();
    if (!unstorable.isEmpty()) {
      return new Invalid(unstorable);
    }
    RawEvent event = fields.event();
    return event == null ? new Invalid(fields.problems()) : new Accepted(event);
  }

  private static Unparseable unparseable(String code, String message) {
    return new Unparseable(new RawEventProblem(code, "", message));
  }

  static Unparseable unparseable(JacksonException e) {
    return unparseable(codeOf(e), describe(e));
  }

  private static String codeOf(JacksonException e) {
    if (e instanceof StreamConstraintsException) {
      return "event.over_limit";
    }
    return e.getOriginalMessage().startsWith("Duplicate")
        ? "event.duplicate_name"
        : "event.malformed";
  }

  private static String describe(JacksonException e) {
    String message =
        StorableText.shown(e.getOriginalMessage().lines().findFirst().orElse("not JSON"), 200);
    return e.getLocation() == null || e.getLocation().getLineNr() < 1
        ? message
        : "%s (line %d, column %d)"
            .formatted(message, e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }
}

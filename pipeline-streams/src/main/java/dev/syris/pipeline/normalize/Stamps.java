package dev.syris.pipeline.normalize;

import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.StorableText;
import dev.syris.contracts.topic.RawEventHeaders;
import dev.syris.pipeline.flow.CauseChain;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** What our own services stamped on a raw event. */
record Stamps(
    EventId eventId,
    TraceId traceId,
    @Nullable EventId parent,
    int depth,
    boolean proven,
    CauseChain chain) {

  private static final int MAX_DEPTH_DIGITS = 4;

  /**
   * Reads the headers.
   *
   * @throws BadStampException where one that must be there is not, or one has no meaning
   */
  static Stamps of(Headers headers) {
    EventId eventId = read(headers, RawEventHeaders.EVENT_ID, EventId::parse);
    TraceId traceId = read(headers, RawEventHeaders.TRACE_ID, TraceId::parse);
    if (eventId == null || traceId == null) {
      String missing = eventId == null ? RawEventHeaders.EVENT_ID : RawEventHeaders.TRACE_ID;
      throw new BadStampException(
          "header " + missing + " is missing; only our own services write raw events");
    }
    EventId parent = read(headers, RawEventHeaders.PARENT_EVENT_ID, EventId::parse);
    Integer depth = read(headers, RawEventHeaders.DEPTH, Stamps::depth);
    String grant = dev.syris.contracts.topic.Headers.text(headers, RawEventHeaders.GRANT);
    return new Stamps(
        eventId,
        traceId,
        parent,
        depth == null ? 0 : depth,
        RawEventHeaders.GRANT_CONNECTOR.equals(grant),
        CauseChain.parse(
            dev.syris.contracts.topic.Headers.text(headers, RawEventHeaders.CAUSE_CHAIN)));
  }

  private static <T> @Nullable T read(Headers headers, String name, Function<String, T> reader) {
    String value = dev.syris.contracts.topic.Headers.text(headers, name);
    try {
      return value == null ? null : reader.apply(value);
    } catch (IllegalArgumentException e) {
      throw new BadStampException(
          "header " + name + ": " + StorableText.shown(String.valueOf(e.getMessage()), 200));
    }
  }

  private static Integer depth(String text) {
    boolean decimal = text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (text.isEmpty() || text.length() > MAX_DEPTH_DIGITS || !decimal) {
      throw new IllegalArgumentException(
          "\"" + StorableText.shown(text, 20) + "\" is no depth; write a number up to 9999");
    }
    return Integer.valueOf(text);
  }

  static final class BadStampException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadStampException(String message) {
      super(message, null, false, false);
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }
}

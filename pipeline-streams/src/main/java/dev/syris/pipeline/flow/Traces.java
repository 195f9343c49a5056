package dev.syris.pipeline.flow;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.id.TraceParent;
import dev.syris.contracts.topic.Headers;
import dev.syris.contracts.topic.RawEventHeaders;
import dev.syris.contracts.topic.Topics;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Which trace a record belongs to, and how that travels on. */
public final class Traces {

  private Traces() {}

  /** What the record's own {@code traceparent} says. */
  public static Optional<TraceId> given(SourceRecord source) {
    String parent = Headers.text(source.headers(), TraceParent.HEADER);
    return parent == null ? Optional.empty() : TraceParent.parse(parent);
  }

  /** A trace made from where the record lies. */
  public static TraceId derived(SourceRecord source) {
    return new TraceId(source.named("trace"));
  }

  /**
   * The trace to tell a rejection under: the one in the headers where there is a valid one, else a
   * derived one.
   */
  public static TraceId ofRejected(SourceRecord source) {
    String stamped =
        source.topic().equals(Topics.RAW_EVENT.name())
            ? Headers.text(source.headers(), RawEventHeaders.TRACE_ID)
            : null;
    if (stamped != null) {
      try {
        return TraceId.parse(stamped);
      } catch (IllegalArgumentException _) {
        // not a trace id: as if it were not there
      }
    }
    return given(source).orElseGet(() -> derived(source));
  }

  /** The headers of a record that belongs to a trace. */
  public static RecordHeaders headers(TraceId trace, UUID span) {
    var headers = new RecordHeaders();
    headers.add(TraceParent.HEADER, TraceParent.format(trace, span).getBytes(US_ASCII));
    return headers;
  }
}

package dev.syris.pipeline.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.AuditEventBuilder;
import dev.syris.contracts.audit.AuditType;
import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.id.TraceParent;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import dev.syris.contracts.topic.DeadLetterHeaders;
import dev.syris.contracts.topic.Headers;
import dev.syris.contracts.topic.RawEventHeaders;
import dev.syris.contracts.topic.Topics;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Makes a dead letter and its {@code event.rejected} of a record that can't go on. Pure.
 *
 * <p>A dead letter has key, value and headers as they came, so that it can be sent again. Headers
 * only our own services may set are kept where our own services set them and dropped from inbox
 * records, so that sending again grants nothing. What would not fit into a message (an inbox record
 * may unpack to any size) is cut, and {@link DeadLetterHeaders#TRUNCATED_FROM} says so; the whole
 * of it lies in its topic for a week.
 */
public final class DeadLetters {

  /** What is kept of a value, and of a key, that does not fit. */
  static final int CUT_BYTES = 256 * 1024;

  private static final int MAX_HEADER_BYTES = 64 * 1024;
  private static final int MAX_BYTES = Output.MAX_BYTES - MAX_HEADER_BYTES;
  private static final String OURS = "syris-";

  private DeadLetters() {}

  /** The dead letter, and what the trail says of it. */
  public static List<Output> of(SourceRecord source, Rejection why) {
    TraceId trace = Traces.ofRejected(source);
    UUID id = source.named("dead-letter");
    return List.of(letter(source, why, id, trace), audit(source, why, id, trace));
  }

  private static Output letter(SourceRecord source, Rejection why, UUID id, TraceId trace) {
    byte[] value = source.value() == null ? new byte[0] : source.value();
    byte[] key = source.key();
    RecordHeaders headers = kept(source);
    int size = Output.size(key, value, headers);
    if (size > MAX_BYTES) {
      value = cut(value);
      key = key == null ? null : cut(key);
      Headers.put(headers, DeadLetterHeaders.TRUNCATED_FROM, Integer.toString(size));
    }
    Headers.put(headers, DeadLetterHeaders.ID, id.toString());
    Headers.put(headers, DeadLetterHeaders.TOPIC, source.topic());
    Headers.put(headers, DeadLetterHeaders.PARTITION, Integer.toString(source.partition()));
    Headers.put(headers, DeadLetterHeaders.OFFSET, Long.toString(source.offset()));
    Headers.put(headers, DeadLetterHeaders.REASON, why.code());
    Headers.put(headers, DeadLetterHeaders.ERROR, shown(why));
    Headers.put(headers, DeadLetterHeaders.TRACE_ID, trace.toString());
    return new Output(Topics.DEAD_LETTER, key, value, headers);
  }

  private static Output audit(SourceRecord source, Rejection why, UUID id, TraceId trace) {
    AuditType type = AuditType.EVENT_REJECTED;
    var at = source.appendedAt();
    var refs = Refs.NONE.with("dead_letter_id", id).with("event_id", eventId(source));
    var details =
        Json.object()
            .put("reason", why.code())
            .put("error", shown(why))
            .put("topic", source.topic())
            .put("partition", source.partition())
            .put("offset", source.offset());
    AuditEventBuilder told =
        AuditEvent.of(
                type, new AuditId(Uuids.named("audit", type.wire(), id.toString())), trace, at)
            .actor(AuditActor.system("pipeline"))
            .refs(refs)
            .details(details);
    String connector = ClaimedConnector.of(source.value());
    AuditEvent event =
        (connector == null ? told : told.connector(connector))
            .say("A record from %s was rejected as %s".formatted(source.topic(), why.code()));
    return Output.of(Topics.AUDIT_EVENT, trace.toString(), event, Traces.headers(trace, id));
  }

  /** The id the sender was told, so that it finds what became of its event. */
  private static @Nullable UUID eventId(SourceRecord source) {
    String stamped = Headers.text(source.headers(), RawEventHeaders.EVENT_ID);
    if (stamped == null || !source.topic().equals(Topics.RAW_EVENT.name())) {
      return null;
    }
    try {
      return Uuids.parse(stamped);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static RecordHeaders kept(SourceRecord source) {
    boolean ours = source.topic().equals(Topics.RAW_EVENT.name());
    var kept = new RecordHeaders();
    for (Header header : source.headers()) {
      if (ours || !header.key().startsWith(OURS)) {
        kept.add(header);
      }
    }
    if (Output.size(null, null, kept) <= MAX_HEADER_BYTES) {
      return kept;
    }
    var least = new RecordHeaders();
    Traces.given(source)
        .ifPresent(
            trace ->
                least.add(
                    TraceParent.HEADER, TraceParent.format(trace, trace.value()).getBytes(UTF_8)));
    return least;
  }

  private static byte[] cut(byte[] bytes) {
    return bytes.length <= CUT_BYTES ? bytes : Arrays.copyOf(bytes, CUT_BYTES);
  }

  private static String shown(Rejection why) {
    return StorableText.shown(why.message(), 1000);
  }
}

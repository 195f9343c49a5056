package dev.syris.task.intake;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
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
import dev.syris.contracts.topic.Topics;
import dev.syris.platform.outbox.OutboxRecord;
import dev.syris.task.intake.RequestReading.Rejected;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record that is no request for a tool call, as dead letter and {@code event.rejected}. Ids are
 * made from where it lay, so that reading it again says the same. Pure.
 */
final class DeadLetters {

  private static final int SHOWN = 1000;
  private static final Set<String> OURS =
      Set.of(
          DeadLetterHeaders.ID,
          DeadLetterHeaders.TOPIC,
          DeadLetterHeaders.PARTITION,
          DeadLetterHeaders.OFFSET,
          DeadLetterHeaders.REASON,
          DeadLetterHeaders.ERROR,
          DeadLetterHeaders.TRACE_ID,
          DeadLetterHeaders.TRUNCATED_FROM);

  private DeadLetters() {}

  static List<OutboxRecord> of(ConsumerRecord<byte[], byte[]> source, Rejected why) {
    UUID id = named("dead-letter", source);
    TraceId trace = trace(source);
    return List.of(letter(source, why, id, trace), audit(source, why, id, trace));
  }

  @SuppressWarnings(
      "NullAway") // it does not see that an array of another module's record may be null
  private static OutboxRecord letter(
      ConsumerRecord<byte[], byte[]> source, Rejected why, UUID id, TraceId trace) {
    OutboxRecord letter = withCause(asItCame(source), source, why.code(), why.message(), id, trace);
    if (letter.size() <= OutboxRecord.MAX_BYTES) {
      return letter;
    }
    var rest = new OutboxRecord(Topics.DEAD_LETTER.name(), null, new byte[0], List.of());
    return withCause(rest, source, why.code(), why.message(), id, trace)
        .withHeader(DeadLetterHeaders.TRUNCATED_FROM, Integer.toString(letter.size()));
  }

  private static OutboxRecord asItCame(ConsumerRecord<byte[], byte[]> source) {
    var letter =
        new OutboxRecord(Topics.DEAD_LETTER.name(), source.key(), source.value(), List.of());
    for (Header header : source.headers()) {
      if (!OURS.contains(header.key())) {
        letter = letter.withHeader(header.key(), header.value());
      }
    }
    return letter;
  }

  private static OutboxRecord withCause(
      OutboxRecord letter,
      ConsumerRecord<byte[], byte[]> source,
      String reason,
      String error,
      UUID id,
      TraceId trace) {
    return letter
        .withHeader(DeadLetterHeaders.ID, id.toString())
        .withHeader(DeadLetterHeaders.TOPIC, source.topic())
        .withHeader(DeadLetterHeaders.PARTITION, Integer.toString(source.partition()))
        .withHeader(DeadLetterHeaders.OFFSET, Long.toString(source.offset()))
        .withHeader(DeadLetterHeaders.REASON, reason)
        .withHeader(DeadLetterHeaders.ERROR, StorableText.shown(error, SHOWN))
        .withHeader(DeadLetterHeaders.TRACE_ID, trace.toString());
  }

  private static OutboxRecord audit(
      ConsumerRecord<byte[], byte[]> source, Rejected why, UUID id, TraceId trace) {
    AuditType type = AuditType.EVENT_REJECTED;
    var details =
        Json.object()
            .put("reason", why.code())
            .put("error", StorableText.shown(why.message(), SHOWN))
            .put("topic", source.topic())
            .put("partition", source.partition())
            .put("offset", source.offset());
    return OutboxRecord.audit(
        AuditEvent.of(
                type,
                new AuditId(Uuids.named("audit", type.wire(), id.toString())),
                trace,
                Instant.ofEpochMilli(Math.max(0, source.timestamp())))
            .actor(AuditActor.system("task-service"))
            .refs(Refs.NONE.with("dead_letter_id", id))
            .details(details)
            .say("A record from %s was rejected as %s".formatted(source.topic(), why.code())));
  }

  /** The trace it says it belongs to, or one of its own. */
  private static TraceId trace(ConsumerRecord<byte[], byte[]> source) {
    String parent = Headers.text(source.headers(), TraceParent.HEADER);
    return (parent == null ? Optional.<TraceId>empty() : TraceParent.parse(parent))
        .orElseGet(() -> new TraceId(named("trace", source)));
  }

  /** The time tells a topic from its namesake after a new install. */
  private static UUID named(String kind, ConsumerRecord<byte[], byte[]> source) {
    return Uuids.named(
        kind,
        source.topic(),
        Integer.toString(source.partition()),
        Long.toString(source.offset()),
        Long.toString(Math.max(0, source.timestamp())));
  }
}

package dev.syris.gateway.ledger.sink;

import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.topic.DeadLetterHeaders;
import dev.syris.contracts.topic.Headers;
import dev.syris.gateway.ledger.artifact.DeadLetter;
import dev.syris.gateway.ledger.artifact.Envelope;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes dead letters: of those the pipeline laid aside, and of what the ledger itself can't keep.
 * Pure.
 */
final class DeadLetterReader {

  private static final List<String> CAUSE =
      List.of(
          DeadLetterHeaders.ID,
          DeadLetterHeaders.TOPIC,
          DeadLetterHeaders.PARTITION,
          DeadLetterHeaders.OFFSET,
          DeadLetterHeaders.REASON,
          DeadLetterHeaders.ERROR);

  private DeadLetterReader() {}

  /**
   * One of the dead-letter topic. Whatever a header lacks is filled in from where the record lies
   * now.
   */
  static DeadLetter read(ConsumerRecord<byte[], byte[]> source) {
    var headers = source.headers();
    UUID id = uuid(Headers.text(headers, DeadLetterHeaders.ID));
    return new DeadLetter(
        id == null ? derivedId(source) : id,
        Instant.ofEpochMilli(source.timestamp()),
        uuid(Headers.text(headers, DeadLetterHeaders.TRACE_ID)),
        Objects.requireNonNullElse(Headers.text(headers, DeadLetterHeaders.TOPIC), source.topic()),
        (int) number(Headers.text(headers, DeadLetterHeaders.PARTITION), source.partition()),
        number(Headers.text(headers, DeadLetterHeaders.OFFSET), source.offset()),
        Objects.requireNonNullElse(Headers.text(headers, DeadLetterHeaders.REASON), "unknown"),
        Objects.requireNonNullElse(
            Headers.text(headers, DeadLetterHeaders.ERROR), "no cause was given"),
        source.value(),
        Envelope.of(source.key(), headers).without(CAUSE));
  }

  /** A record the ledger could not read or the database would not take. */
  static DeadLetter laidAside(ConsumerRecord<byte[], byte[]> source, String reason, String error) {
    return new DeadLetter(
        derivedId(source),
        Instant.ofEpochMilli(source.timestamp()),
        uuid(Headers.text(source.headers(), DeadLetterHeaders.TRACE_ID)),
        source.topic(),
        source.partition(),
        source.offset(),
        reason,
        error,
        source.value(),
        Envelope.of(source.key(), source.headers()));
  }

  /** The time is in it because a topic made anew counts from 0 again. */
  private static UUID derivedId(ConsumerRecord<byte[], byte[]> source) {
    return Uuids.named(
        "dead-letter",
        source.topic(),
        Integer.toString(source.partition()),
        Long.toString(source.offset()),
        Long.toString(source.timestamp()));
  }

  private static @Nullable UUID uuid(@Nullable String text) {
    try {
      return text == null ? null : Uuids.parse(text);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static long number(@Nullable String text, long otherwise) {
    try {
      return text == null ? otherwise : Long.parseLong(text);
    } catch (NumberFormatException _) {
      return otherwise;
    }
  }
}

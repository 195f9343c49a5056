package dev.syris.platform.outbox;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.TraceParent;
import dev.syris.contracts.topic.Topic;
import dev.syris.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka record to be.
 *
 * @param headers in order; a name may come more than once
 */
public record OutboxRecord(
    String topic, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {

  /**
   * What the broker lets through, less what it adds around a record. In bytes, as {@link #size()}
   * counts.
   */
  public static final int MAX_BYTES = Topic.MAX_MESSAGE_BYTES - 4096;

  private static final int LENGTHS = 16;

  /** One header, as Kafka has them. */
  public record Header(String name, byte @Nullable [] value) {}

  public OutboxRecord {
    headers = List.copyOf(headers);
  }

  /** A record of a topic of the catalogue, serialized as the topic says. */
  public static <K, V> OutboxRecord of(Topic<K, V> topic, K key, V value) {
    return new OutboxRecord(
        topic.name(),
        topic.keySerde().serializer().serialize(topic.name(), key),
        topic.valueSerde().serializer().serialize(topic.name(), value),
        List.of());
  }

  /** What takes a key out of a compacted topic. */
  public static <K> OutboxRecord tombstone(Topic<K, ?> topic, K key) {
    byte @Nullable [] nothing = null;
    byte[] bytes = topic.keySerde().serializer().serialize(topic.name(), key);
    return new OutboxRecord(topic.name(), bytes, nothing, List.of());
  }

  /** An audit record, under its trace. */
  public static OutboxRecord audit(AuditEvent event) {
    return of(Topics.AUDIT_EVENT, event.traceId().toString(), event)
        .withHeader(
            TraceParent.HEADER, TraceParent.format(event.traceId(), event.auditId().value()));
  }

  /** The same with one more text header. */
  public OutboxRecord withHeader(String name, String text) {
    return withHeader(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same with one more header. */
  public OutboxRecord withHeader(String name, byte @Nullable [] bytes) {
    var more = new ArrayList<>(headers);
    more.add(new Header(name, bytes));
    return new OutboxRecord(topic, key, value, more);
  }

  /** Key, value and headers with their lengths, in bytes. */
  public int size() {
    int size = length(key) + length(value) + LENGTHS;
    for (Header header : headers) {
      size +=
          header.name().getBytes(StandardCharsets.UTF_8).length + length(header.value()) + LENGTHS;
    }
    return size;
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  ProducerRecord<byte[], byte[]> toProducerRecord() {
    var producerRecord = new ProducerRecord<byte[], byte[]>(topic, key, value);
    headers.forEach(header -> producerRecord.headers().add(header.name(), header.value()));
    return producerRecord;
  }
}

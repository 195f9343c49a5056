package dev.syris.platform.outbox;

import dev.syris.contracts.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** A Kafka record to be. Bytes are base64 in the table, so that any record fits. */
public record OutboxRecord(
    String topic, byte @Nullable [] key, byte @Nullable [] value, Map<String, String> headers) {

  /** A record of a topic of the catalogue, serialized as the topic says. */
  public static <K, V> OutboxRecord of(Topic<K, V> topic, K key, V value) {
    return new OutboxRecord(
        topic.name(),
        topic.keySerde().serializer().serialize(topic.name(), key),
        topic.valueSerde().serializer().serialize(topic.name(), value),
        Map.of());
  }

  /** The same with one more header. */
  public OutboxRecord withHeader(String name, String text) {
    var more = new TreeMap<>(headers);
    more.put(name, text);
    return new OutboxRecord(topic, key, value, more);
  }

  ProducerRecord<byte[], byte[]> toProducerRecord() {
    var producerRecord = new ProducerRecord<byte[], byte[]>(topic, key, value);
    headers.forEach(
        (name, text) -> producerRecord.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    return producerRecord;
  }
}

package dev.syris.pipeline.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.syris.contracts.topic.Topic;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * One record to write, already in bytes: what can fail about it (serializing, its size) has failed
 * before anything is stored or forwarded.
 */
public record Output(Topic<?, ?> topic, byte @Nullable [] key, byte[] value, Headers headers) {

  /** What one record may take of a message, leaving room for the batch round it. */
  static final int MAX_BYTES = Topic.MAX_MESSAGE_BYTES - 4096;

  public Output {
    int size = size(key, value, headers);
    if (size > MAX_BYTES) {
      throw new OutputTooLargeException(topic.name(), size, MAX_BYTES);
    }
  }

  /**
   * Serializes a value.
   *
   * @throws OutputTooLargeException where the record would not fit into a message
   */
  public static <V> Output of(Topic<String, V> topic, String key, V value, Headers headers) {
    byte[] bytes = topic.valueSerde().serializer().serialize(topic.name(), value);
    return new Output(topic, key.getBytes(UTF_8), bytes, headers);
  }

  static int size(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    int size = (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    for (Header header : headers) {
      size += 2 * header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return size;
  }
}

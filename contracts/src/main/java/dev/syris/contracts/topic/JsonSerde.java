package dev.syris.contracts.topic;

import dev.syris.contracts.json.Json;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/** One record type as JSON. A tombstone stays null. */
final class JsonSerde {

  private JsonSerde() {}

  static <T> Serde<T> of(Class<T> type) {
    ObjectWriter writer = Json.mapper().writerFor(type);
    ObjectReader reader = Json.mapper().readerFor(type);
    Serializer<T> serializer =
        (topic, value) -> value == null ? null : writer.writeValueAsBytes(value);
    Deserializer<T> deserializer =
        (topic, bytes) -> {
          try {
            return bytes == null ? null : reader.readValue(bytes);
          } catch (JacksonException e) {
            throw new SerializationException(
                "a record on "
                    + topic
                    + " is not a "
                    + type.getSimpleName()
                    + ": "
                    + e.getOriginalMessage(),
                e);
          }
        };
    return Serdes.serdeFrom(serializer, deserializer);
  }
}

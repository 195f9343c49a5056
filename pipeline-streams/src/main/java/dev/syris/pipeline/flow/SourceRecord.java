package dev.syris.pipeline.flow;

import dev.syris.contracts.id.Uuids;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was read, with the place where it lies. The bytes are shared, never copied, never
 * changed.
 *
 * @param timestamp append time in milliseconds since 1970, never negative
 */
public record SourceRecord(
    String topic,
    int partition,
    long offset,
    long timestamp,
    byte @Nullable [] key,
    byte @Nullable [] value,
    Headers headers) {

  /**
   * An id made from where the record lies; the time tells a topic from its namesake after a new
   * install.
   */
  public UUID named(String kind) {
    return Uuids.named(
        kind, topic, Integer.toString(partition), Long.toString(offset), Long.toString(timestamp));
  }

  public Instant appendedAt() {
    return Instant.ofEpochMilli(timestamp);
  }
}

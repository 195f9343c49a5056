package dev.syris.contracts.topic;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/**
 * One topic: its name, what is on it, and how it is kept.
 *
 * @param partitions set at install and never changed under a state store
 * @param retention how long a record is kept; null for a compacted topic
 * @param logAppendTime whether the broker's clock stamps the records, not the producer's
 */
public record Topic<K, V>(
    String name,
    Serde<K> keySerde,
    Serde<V> valueSerde,
    int partitions,
    @Nullable Duration retention,
    boolean logAppendTime) {

  /** Message limit of every topic, internal ones too, in bytes. */
  public static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

  /** The broker-side configuration the topic is created with. */
  public Map<String, String> configuration() {
    var config = new HashMap<String, String>();
    config.put("max.message.bytes", Integer.toString(MAX_MESSAGE_BYTES));
    config.put("message.timestamp.type", logAppendTime ? "LogAppendTime" : "CreateTime");
    config.put("flush.ms", "1000");
    if (retention == null) {
      config.put("cleanup.policy", "compact");
    } else {
      config.put("cleanup.policy", "delete");
      config.put("retention.ms", Long.toString(retention.toMillis()));
    }
    return config;
  }
}

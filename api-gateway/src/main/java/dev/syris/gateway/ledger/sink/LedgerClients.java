package dev.syris.gateway.ledger.sink;

import dev.syris.platform.kafka.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The two Kafka clients of a session. Closing waits for nobody: there is nothing to say goodbye
 * with.
 */
record LedgerClients(Consumer<byte[], byte[]> consumer, Admin admin) implements AutoCloseable {

  private static final String NAME = "syris-ledger";
  private static final int MAX_RECORDS = 2_000;
  private static final int MAX_FETCH_BYTES = 4 * 1024 * 1024;
  private static final int MAX_WAIT_MS = 1_000;
  private static final int REQUEST_TIMEOUT_MS = 4_000;

  static LedgerClients open(KafkaSettings kafka) {
    Admin admin = Admin.create(adminConfig(kafka));
    try {
      var bytes = new ByteArrayDeserializer();
      return new LedgerClients(new KafkaConsumer<>(consumerConfig(kafka), bytes, bytes), admin);
    } catch (RuntimeException e) {
      admin.close(Duration.ZERO);
      throw e;
    }
  }

  private static Map<String, Object> consumerConfig(KafkaSettings kafka) {
    Map<String, Object> config = kafka.consumerConfig(NAME);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_RECORDS);
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MAX_FETCH_BYTES);
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MAX_FETCH_BYTES);
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, MAX_WAIT_MS);
    return config;
  }

  private static Map<String, Object> adminConfig(KafkaSettings kafka) {
    Map<String, Object> config = kafka.clientConfig();
    config.put("client.id", NAME + "-admin");
    config.put("request.timeout.ms", REQUEST_TIMEOUT_MS);
    config.put("default.api.timeout.ms", REQUEST_TIMEOUT_MS);
    return config;
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }
}

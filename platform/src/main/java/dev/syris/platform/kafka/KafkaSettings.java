package dev.syris.platform.kafka;

import dev.syris.contracts.topic.Topic;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the broker is and who we are there.
 *
 * @param bootstrapServers host:port, comma-separated
 * @param username SASL/PLAIN principal; empty for a broker without authentication (tests only)
 * @param password its password
 */
@ConfigurationProperties("syris.kafka")
public record KafkaSettings(
    String bootstrapServers, @DefaultValue("") String username, @DefaultValue("") String password) {

  /** What every client needs. */
  public Map<String, Object> clientConfig() {
    var config = new HashMap<String, Object>();
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    config.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 50);
    config.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
    config.put("enable.metrics.push", false);
    if (!username.isEmpty()) {
      config.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "SASL_PLAINTEXT");
      config.put(SaslConfigs.SASL_MECHANISM, "PLAIN");
      config.put(SaslConfigs.SASL_JAAS_CONFIG, jaas(username, password));
    }
    return config;
  }

  /** A producer that has a record only when every in-sync replica has it. */
  public Map<String, Object> producerConfig(String clientId) {
    var config = clientConfig();
    config.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.MAX_MESSAGE_BYTES + 4096);
    return config;
  }

  /** A consumer of committed records that commits nothing by itself. */
  public Map<String, Object> consumerConfig(String clientId) {
    var config = clientConfig();
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return config;
  }

  /** The login line of SASL/PLAIN, quoted so that any password is just text. */
  public static String jaas(String username, String password) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required username=%s password=%s;"
        .formatted(quoted(username), quoted(password));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return "KafkaSettings[bootstrapServers=%s, username=%s]".formatted(bootstrapServers, username);
  }
}

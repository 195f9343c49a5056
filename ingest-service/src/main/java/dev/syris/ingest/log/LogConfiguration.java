package dev.syris.ingest.log;

import dev.syris.platform.kafka.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The two producers and the probe. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({KafkaSettings.class, ProducerSettings.class})
public class LogConfiguration {

  private static final Duration MARGIN = Duration.ofMillis(500);
  private static final long BUFFER_BYTES = 16L * 1024 * 1024;

  @Bean
  KafkaRawEventLog rawEventLog(KafkaSettings kafka, ProducerSettings settings) {
    Duration patience = settings.deliveryTimeout().plus(MARGIN);
    var single = new ProducerSlot(() -> producer(singleConfig(kafka, settings)));
    var batch = new ProducerSlot(() -> producer(batchConfig(kafka, settings)));
    return new KafkaRawEventLog(
        new SingleWriter(single, patience), new BatchWriter(batch, patience));
  }

  @Bean
  KafkaProbe kafkaProbe(KafkaSettings kafka) {
    Map<String, Object> config = kafka.clientConfig();
    config.put(AdminClientConfig.CLIENT_ID_CONFIG, "syris-ingest-probe");
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) KafkaProbe.TIMEOUT.toMillis());
    config.put(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) KafkaProbe.TIMEOUT.toMillis());
    config.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
    return new KafkaProbe(Admin.create(config));
  }

  private static Producer<String, byte[]> producer(Map<String, Object> config) {
    return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
  }

  private static Map<String, Object> singleConfig(KafkaSettings kafka, ProducerSettings settings) {
    Map<String, Object> config = kafka.producerConfig("syris-ingest-" + settings.instance());
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(settings.deliveryTimeout()));
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(settings.requestTimeout()));
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, settings.maxBlock().toMillis());
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    config.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 50);
    config.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 500);
    config.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
    return config;
  }

  private static Map<String, Object> batchConfig(KafkaSettings kafka, ProducerSettings settings) {
    Map<String, Object> config = singleConfig(kafka, settings);
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "syris-ingest-batch-" + settings.instance());
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "syris-ingest-batch-" + settings.instance());
    config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, millis(settings.transactionTimeout()));
    return config;
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }
}

package dev.syris.platform.outbox;

import dev.syris.platform.kafka.KafkaSettings;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Outbox and relay of the service whose schema {@code syris.outbox.schema} names. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KafkaSettings.class)
public class OutboxConfiguration {

  @Bean
  OutboxSignal outboxSignal() {
    return new OutboxSignal();
  }

  @Bean
  Outbox outbox(JdbcClient jdbc, @Value("${syris.outbox.schema}") String schema, OutboxSignal signal) {
    return new Outbox(jdbc, schema, signal);
  }

  @Bean
  OutboxRelay outboxRelay(
      JdbcClient jdbc, @Value("${syris.outbox.schema}") String schema, OutboxSignal signal, KafkaSettings kafka) {
    return new OutboxRelay(jdbc, schema, signal, kafka);
  }
}

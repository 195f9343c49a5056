package dev.syris.platform.outbox;

import dev.syris.platform.kafka.KafkaSettings;
import dev.syris.platform.time.Signal;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Outbox, relay and its probe, for the service whose schema {@code syris.outbox.schema} names. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({KafkaSettings.class, OutboxSettings.class})
public class OutboxConfiguration {

  @Bean
  Signal outboxSignal() {
    return new Signal();
  }

  @Bean
  Outbox outbox(JdbcClient jdbc, OutboxSettings settings, Signal outboxSignal) {
    return new Outbox(jdbc, settings.schema(), outboxSignal);
  }

  @Bean
  OutboxRelay outboxRelay(
      JdbcClient jdbc,
      OutboxSettings settings,
      @Value("${syris.instance:1}") String instance,
      Signal outboxSignal,
      KafkaSettings kafka) {
    return new OutboxRelay(new OutboxPublisher(jdbc, settings, instance, kafka), outboxSignal);
  }

  @Bean
  OutboxProbe outboxProbe(OutboxRelay outboxRelay) {
    return new OutboxProbe(outboxRelay);
  }
}

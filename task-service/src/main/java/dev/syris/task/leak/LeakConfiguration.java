package dev.syris.task.leak;

import dev.syris.contracts.topic.Topics;
import dev.syris.platform.kafka.KafkaSettings;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.secret.SecretConfiguration;
import dev.syris.platform.secret.SecretStore;
import dev.syris.task.alarm.Alarms;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.transaction.support.TransactionTemplate;

/** The search for secrets in clear; it can't be switched off. */
@Configuration(proxyBeanMethods = false)
@Import(SecretConfiguration.class)
public class LeakConfiguration {

  private static final int FETCH_BYTES = 8 * 1024 * 1024;

  /** A fetch that finds nothing costs a whole round; closing waits for the one under way. */
  private static final int IDLE_FETCH_MS = 1_000;

  @Bean
  KnownSecrets knownSecrets(SecretStore store) {
    return new KnownSecrets(store);
  }

  @Bean
  LeakAlarms leakAlarms(Outbox outbox, TransactionTemplate transaction, Alarms alarms) {
    return new LeakAlarms(outbox, transaction, alarms::raiseAsSaid);
  }

  @Bean
  LeakGuard leakGuard(KnownSecrets secrets, LeakAlarms alarms, InstantSource clock) {
    return new LeakGuard(secrets, alarms, clock);
  }

  @Bean
  LeakLoop leakLoop(KnownSecrets secrets, LeakAlarms alarms) {
    return new LeakLoop(secrets, alarms);
  }

  /** Its group has static members, as the intake's. */
  @Bean
  KafkaMessageListenerContainer<byte[], byte[]> leakContainer(
      KafkaSettings kafka,
      KnownSecrets secrets,
      LeakAlarms alarms,
      @Value("${syris.instance:1}") String instance,
      @Value("${syris.task.group:syris-task}") String group) {
    var listener = new EventListener(new EventSearch(secrets, alarms));
    String name = group + "-leaks";
    var properties = new ContainerProperties(Topics.RAW_EVENT.name());
    properties.setMessageListener(listener);
    properties.setAuthExceptionRetryInterval(Duration.ofSeconds(1));
    properties.setListenerTaskExecutor(new SimpleAsyncTaskExecutor("syris-task-leaks-"));
    properties.setShutdownTimeout(Duration.ofMillis(700).toMillis());
    var container =
        new KafkaMessageListenerContainer<>(consumers(kafka, name, instance), properties);
    container.setBeanName(name);
    container.setCommonErrorHandler(listener);
    return container;
  }

  /** Without a place of its own the group begins with the oldest event: it may hold one too. */
  private static DefaultKafkaConsumerFactory<byte[], byte[]> consumers(
      KafkaSettings kafka, String group, String instance) {
    var config = kafka.consumerConfig(group + "-" + instance);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, group + "-" + instance);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, IDLE_FETCH_MS);
    return new DefaultKafkaConsumerFactory<>(
        config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}

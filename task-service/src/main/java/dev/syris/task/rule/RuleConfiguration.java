package dev.syris.task.rule;

import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.topic.Topics;
import dev.syris.platform.kafka.KafkaSettings;
import dev.syris.platform.outbox.Outbox;
import dev.syris.task.alarm.Alarms;
import dev.syris.task.control.Controls;
import dev.syris.task.document.DocumentKind;
import dev.syris.task.document.Documents;
import dev.syris.task.instance.Instance;
import dev.syris.task.status.SystemStatusBook;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.backoff.FixedBackOff;

/** Rules, their addresses, and who switches them off. */
@Configuration(proxyBeanMethods = false)
@Import(RuleController.class)
public class RuleConfiguration {

  private static final DocumentKind KIND =
      DocumentKind.minted("rule", "rule", "task.rule", "api.rule", "/rules");

  private static final int IDLE_FETCH_MS = 1_000;

  @Bean
  Documents ruleDocuments(
      @Qualifier("quietHoursDocuments") Documents quietHours,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Outbox outbox,
      Alarms alarms,
      IdSource ids,
      InstantSource clock) {
    var rules = new RuleRules(outbox, alarms, name -> quietHours.find(name).isPresent());
    return new Documents(KIND, rules, jdbc, transaction, outbox, ids, clock);
  }

  @Bean
  Retelling retelling(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Outbox outbox,
      Controls controls,
      SystemStatusBook status,
      Instance instance) {
    var retelling = new Retelling(jdbc, transaction, outbox, controls, status);
    instance.onReady(retelling::tell);
    return retelling;
  }

  @Bean
  KafkaMessageListenerContainer<byte[], byte[]> tripContainer(
      KafkaSettings kafka,
      @Qualifier("ruleDocuments") Documents rules,
      Alarms alarms,
      TransactionTemplate transaction,
      @Value("${syris.instance:1}") String instance,
      @Value("${syris.task.group:syris-task}") String group) {
    String name = group + "-trips";
    var properties = new ContainerProperties(Topics.RULE_TRIPPED.name());
    properties.setMessageListener(new Trips(rules, alarms, transaction));
    properties.setAuthExceptionRetryInterval(Duration.ofSeconds(1));
    properties.setListenerTaskExecutor(new SimpleAsyncTaskExecutor("syris-task-trips-"));
    properties.setShutdownTimeout(Duration.ofMillis(700).toMillis());
    var container =
        new KafkaMessageListenerContainer<>(consumers(kafka, name, instance), properties);
    container.setBeanName(name);
    container.setCommonErrorHandler(
        new DefaultErrorHandler(new FixedBackOff(IDLE_FETCH_MS, FixedBackOff.UNLIMITED_ATTEMPTS)));
    return container;
  }

  private static DefaultKafkaConsumerFactory<byte[], byte[]> consumers(
      KafkaSettings kafka, String group, String instance) {
    var config = kafka.consumerConfig(group + "-" + instance);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, group + "-" + instance);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, IDLE_FETCH_MS);
    return new DefaultKafkaConsumerFactory<>(
        config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}

package dev.syris.task.intake;

import dev.syris.contracts.topic.Topics;
import dev.syris.platform.kafka.KafkaSettings;
import dev.syris.platform.outbox.Outbox;
import dev.syris.task.alarm.Alarms;
import dev.syris.task.call.CallInbox;
import dev.syris.task.start.TaskRequests;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The consumer of requests for tool calls. Its group has static members: a restart waits for
 * nobody.
 */
@Configuration(proxyBeanMethods = false)
public class IntakeConfiguration {

  static final String GROUP = "syris-task";

  private static final int FETCH_BYTES = 8 * 1024 * 1024;

  /** A fetch that finds nothing costs a whole round; closing waits for the one under way. */
  private static final int IDLE_FETCH_MS = 1_000;

  @Bean
  IntakeContainer intakeContainer(
      KafkaSettings kafka,
      CallInbox inbox,
      TaskRequests tasks,
      JdbcClient jdbc,
      Outbox outbox,
      TransactionTemplate transaction,
      InstantSource clock,
      Alarms alarms,
      @Value("${syris.instance:1}") String instance,
      @Value("${syris.task.group:" + GROUP + "}") String group) {
    var running = new AtomicBoolean(true);
    var listener =
        new IntakeListener(
            new Intake(inbox, tasks, jdbc, outbox, transaction, clock),
            new Placing(jdbc, transaction, clock, alarms),
            running::get);
    var container =
        new IntakeContainer(
            consumers(kafka, group, instance), properties(listener), listener, running);
    container.setBeanName(group);
    container.setCommonErrorHandler(listener);
    return container;
  }

  @Bean
  IntakeProbe intakeProbe(IntakeContainer container) {
    return new IntakeProbe(container);
  }

  private static DefaultKafkaConsumerFactory<byte[], byte[]> consumers(
      KafkaSettings kafka, String group, String instance) {
    var config = kafka.consumerConfig(group + "-" + instance);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, group + "-" + instance);
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, IDLE_FETCH_MS);
    return new DefaultKafkaConsumerFactory<>(
        config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static ContainerProperties properties(IntakeListener listener) {
    var properties = new ContainerProperties(Topics.TOOL_CALL.name(), Topics.TASK_REQUEST.name());
    properties.setMessageListener(listener);
    properties.setConsumerRebalanceListener(listener);
    properties.setAuthExceptionRetryInterval(Duration.ofSeconds(1));
    properties.setListenerTaskExecutor(new SimpleAsyncTaskExecutor("syris-task-intake-"));
    properties.setShutdownTimeout(Duration.ofMillis(700).toMillis());
    return properties;
  }
}

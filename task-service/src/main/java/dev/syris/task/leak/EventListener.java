package dev.syris.task.leak;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Reads beside the pipeline, in a group of its own, so that it slows nobody. What fails is waited
 * out and read again. Called by the consumer's thread only.
 */
final class EventListener implements BatchMessageListener<byte[], byte[]>, CommonErrorHandler {

  private static final Logger LOG = LoggerFactory.getLogger(EventListener.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final EventSearch search;

  EventListener(EventSearch search) {
    this.search = search;
  }

  @Override
  public void onMessage(List<ConsumerRecord<byte[], byte[]>> records) {
    search.look(records);
  }

  @Override
  public boolean seeksAfterHandling() {
    return true;
  }

  @Override
  public boolean isAckAfterHandle() {
    return false;
  }

  @Override
  public void handleBatch(
      Exception thrown,
      ConsumerRecords<?, ?> records,
      Consumer<?, ?> consumer,
      MessageListenerContainer container,
      Runnable invokeListener) {
    for (TopicPartition partition : records.partitions()) {
      consumer.seek(partition, records.records(partition).getFirst().offset());
    }
    rest(thrown, container);
  }

  @Override
  public void handleOtherException(
      Exception thrown,
      Consumer<?, ?> consumer,
      MessageListenerContainer container,
      boolean batchListener) {
    rest(thrown, container);
  }

  private static void rest(Exception thrown, MessageListenerContainer container) {
    Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
    LOG.warn("events wait to be searched for secrets: {}", cause.toString());
    try {
      ListenerUtils.stoppableSleep(container, PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

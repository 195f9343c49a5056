package dev.syris.task.intake;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * What the listener container asks: to take records, to say where to read on, to deal with failure.
 * A failure is waited out, and the same records are read again; nothing is skipped. Called by the
 * consumer's thread only.
 */
final class IntakeListener
    implements BatchMessageListener<byte[], byte[]>,
        ConsumerAwareRebalanceListener,
        CommonErrorHandler {

  private static final Logger LOG = LoggerFactory.getLogger(IntakeListener.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Intake intake;
  private final Placing placing;
  private final BooleanSupplier running;

  private Duration pause = FIRST_PAUSE;
  private volatile boolean failing;

  /**
   * @param running false once the container is being stopped
   */
  IntakeListener(Intake intake, Placing placing, BooleanSupplier running) {
    this.intake = intake;
    this.placing = placing;
    this.running = running;
  }

  boolean failing() {
    return failing;
  }

  @Override
  public void onMessage(List<ConsumerRecord<byte[], byte[]>> records) {
    intake.take(records);
    succeeded();
  }

  /** Waits for the database: without a place there is nothing to read. */
  @Override
  public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    while (!partitions.isEmpty() && running.getAsBoolean()) {
      try {
        placing.place(consumer, partitions);
        succeeded();
        return;
      } catch (RuntimeException e) {
        failed(e);
        sleep();
      }
    }
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
    failed(thrown);
    for (TopicPartition partition : records.partitions()) {
      consumer.seek(partition, records.records(partition).getFirst().offset());
    }
    rest(container);
  }

  @Override
  public void handleOtherException(
      Exception thrown,
      Consumer<?, ?> consumer,
      MessageListenerContainer container,
      boolean batchListener) {
    failed(thrown);
    if (thrown instanceof OffsetOutOfRangeException lost) {
      onPartitionsAssigned(consumer, lost.partitions());
    } else {
      rest(container);
    }
  }

  private void succeeded() {
    failing = false;
    pause = FIRST_PAUSE;
  }

  private void failed(Exception e) {
    failing = true;
    Throwable cause = e.getCause() == null ? e : e.getCause();
    LOG.warn(
        "tool calls wait in their topic, next try in {} ms: {}",
        pause.toMillis(),
        cause.toString());
  }

  private void rest(MessageListenerContainer container) {
    try {
      ListenerUtils.stoppableSleep(container, longerPause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sleep() {
    try {
      ListenerUtils.conditionalSleep(running::getAsBoolean, longerPause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long longerPause() {
    long millis = pause.toMillis();
    Duration next = pause.multipliedBy(2);
    pause = next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
    return millis;
  }
}

package dev.syris.task.intake;

import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

/** The listener container; tells its listener to wait no more when it is stopped. */
final class IntakeContainer extends KafkaMessageListenerContainer<byte[], byte[]> {

  private final IntakeListener listener;
  private final AtomicBoolean mayWait;

  /**
   * @param mayWait what the listener looks at while it waits
   */
  IntakeContainer(
      DefaultKafkaConsumerFactory<byte[], byte[]> consumers,
      ContainerProperties properties,
      IntakeListener listener,
      AtomicBoolean mayWait) {
    super(consumers, properties);
    this.listener = listener;
    this.mayWait = mayWait;
  }

  IntakeListener listener() {
    return listener;
  }

  @Override
  protected void doStart() {
    mayWait.set(true);
    super.doStart();
  }

  @Override
  protected void doStop(Runnable callback, boolean normal) {
    mayWait.set(false);
    super.doStop(callback, normal);
  }
}

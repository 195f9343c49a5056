package dev.syris.ingest.log;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * Holds one producer: made when first needed, and made anew after the old one broke. Thread-safe.
 */
final class ProducerSlot implements AutoCloseable {

  private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(200);

  private final Supplier<Producer<String, byte[]>> factory;
  private @Nullable Producer<String, byte[]> current;
  private boolean closed;

  ProducerSlot(Supplier<Producer<String, byte[]>> factory) {
    this.factory = factory;
  }

  /**
   * The producer in use.
   *
   * @throws org.apache.kafka.common.KafkaException where none can be made, such as for a host name
   *     nobody knows
   */
  synchronized Producer<String, byte[]> get() {
    if (closed) {
      throw new IllegalStateException("the service is stopping");
    }
    if (current == null) {
      current = factory.get();
    }
    return current;
  }

  /** Takes a broken producer out of use; the next {@link #get} makes another. */
  void discard(Producer<String, byte[]> broken) {
    synchronized (this) {
      if (current == broken) {
        current = null;
      }
    }
    broken.close(Duration.ZERO);
  }

  @Override
  public void close() {
    Producer<String, byte[]> last;
    synchronized (this) {
      closed = true;
      last = current;
      current = null;
    }
    if (last != null) {
      last.close(CLOSE_TIMEOUT);
    }
  }
}

package dev.syris.ingest.log;

import dev.syris.contracts.topic.Topics;
import dev.syris.ingest.log.WriteResult.InDoubt;
import dev.syris.ingest.log.WriteResult.NotWritten;
import dev.syris.ingest.log.WriteResult.Written;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one record with an idempotent producer: atomic as it is, and one round trip. Thread-safe.
 */
final class SingleWriter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SingleWriter.class);

  private final ProducerSlot slot;
  private final Duration patience;

  /**
   * @param patience for one record, longer than the producer's delivery timeout, so that the
   *     producer's own word comes first
   */
  SingleWriter(ProducerSlot slot, Duration patience) {
    this.slot = slot;
    this.patience = patience;
  }

  /** Asks for the topic's metadata, so that the first event need not. */
  void warmUp() {
    slot.get().partitionsFor(Topics.RAW_EVENT.name());
  }

  WriteResult write(ProducerRecord<String, byte[]> message) {
    Producer<String, byte[]> producer = null;
    try {
      producer = slot.get();
      producer.partitionsFor(message.topic());
    } catch (RuntimeException e) {
      return notWritten(producer, e);
    }
    try {
      producer.send(message).get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return new Written();
    } catch (ExecutionException e) {
      return failed(producer, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException _) {
      return new InDoubt("the broker did not answer in time");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new InDoubt("the service was stopped while it waited for the broker");
    } catch (RuntimeException e) {
      return failed(producer, e);
    }
  }

  private WriteResult failed(Producer<String, byte[]> producer, Throwable failure) {
    if (Failures.refused(failure)) {
      return notWritten(producer, failure);
    }
    LOG.debug("an event was sent and its fate is unknown", failure);
    discardIfBroken(producer, failure);
    return new InDoubt(Failures.reason(failure));
  }

  private WriteResult notWritten(@Nullable Producer<String, byte[]> producer, Throwable failure) {
    LOG.debug("an event was not written", failure);
    if (producer != null) {
      discardIfBroken(producer, failure);
    }
    return new NotWritten(Failures.reason(failure));
  }

  private void discardIfBroken(Producer<String, byte[]> producer, Throwable failure) {
    if (Failures.broken(failure) && !(failure instanceof InterruptException)) {
      slot.discard(producer);
    }
  }

  @Override
  public void close() {
    slot.close();
  }
}

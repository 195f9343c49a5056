package dev.syris.ingest.log;

import dev.syris.ingest.log.WriteResult.InDoubt;
import dev.syris.ingest.log.WriteResult.NotWritten;
import dev.syris.ingest.log.WriteResult.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes several records in one Kafka transaction, so that readers see all of them or none. One
 * transaction at a time: the producer has a fixed transactional id, and taking it up again after a
 * crash ends what its predecessor left open. Thread-safe.
 */
final class BatchWriter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);

  private final ProducerSlot slot;
  private final Duration patience;
  private final ReentrantLock turn = new ReentrantLock(true);
  private @Nullable Producer<String, byte[]> initialized;

  /**
   * @param patience for the turn, and again for the records to be taken; longer than the producer's
   *     delivery timeout
   */
  BatchWriter(ProducerSlot slot, Duration patience) {
    this.slot = slot;
    this.patience = patience;
  }

  /** Takes up the transactional id, which aborts whatever a killed predecessor left open. */
  void warmUp() {
    turn.lock();
    try {
      ready();
    } finally {
      turn.unlock();
    }
  }

  WriteResult write(List<ProducerRecord<String, byte[]>> messages) {
    try {
      if (!turn.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return new NotWritten("other batches are still waiting for the broker");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new NotWritten("the service was stopped while it waited for its turn");
    }
    try {
      return inTransaction(messages);
    } finally {
      turn.unlock();
    }
  }

  private WriteResult inTransaction(List<ProducerRecord<String, byte[]>> messages) {
    Producer<String, byte[]> producer;
    try {
      producer = ready();
      producer.beginTransaction();
    } catch (RuntimeException e) {
      discard();
      return notWritten(e);
    }
    try {
      sendAll(producer, messages);
    } catch (RuntimeException e) {
      rollBack(producer);
      return notWritten(e);
    }
    try {
      producer.commitTransaction();
      return new Written();
    } catch (RuntimeException e) {
      LOG.debug("a batch was sent and the fate of its commit is unknown", e);
      discard();
      return new InDoubt(Failures.reason(e));
    }
  }

  private Producer<String, byte[]> ready() {
    Producer<String, byte[]> producer = slot.get();
    if (producer != initialized) {
      initialized = producer;
      try {
        producer.initTransactions();
      } catch (RuntimeException e) {
        discard();
        throw e;
      }
    }
    return producer;
  }

  /**
   * Returns only when the broker has taken every record; until then nothing has been said about a
   * commit.
   */
  private void sendAll(
      Producer<String, byte[]> producer, List<ProducerRecord<String, byte[]>> messages) {
    long deadline = System.nanoTime() + patience.toNanos();
    var answers = new ArrayList<Future<RecordMetadata>>(messages.size());
    for (ProducerRecord<String, byte[]> message : messages) {
      answers.add(producer.send(message));
    }
    for (Future<RecordMetadata> answer : answers) {
      await(answer, deadline);
    }
  }

  private static void await(Future<RecordMetadata> answer, long deadline) {
    try {
      answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new KafkaException(e.getCause());
    } catch (java.util.concurrent.TimeoutException e) {
      throw new org.apache.kafka.common.errors.TimeoutException(
          "no answer for a record of a batch", e);
    } catch (InterruptedException e) {
      throw new org.apache.kafka.common.errors.InterruptException(e);
    }
  }

  /** Nothing was committed, so nothing will be seen, whether the abort itself succeeds or not. */
  private void rollBack(Producer<String, byte[]> producer) {
    try {
      producer.abortTransaction();
    } catch (RuntimeException e) {
      LOG.debug("the abort of a batch was not confirmed; its producer is replaced", e);
      discard();
    }
  }

  private void discard() {
    Producer<String, byte[]> broken = initialized;
    initialized = null;
    if (broken != null) {
      slot.discard(broken);
    }
  }

  private static WriteResult notWritten(RuntimeException failure) {
    LOG.debug("a batch was not written", failure);
    return new NotWritten(Failures.reason(failure));
  }

  @Override
  public void close() {
    slot.close();
  }
}

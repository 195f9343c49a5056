package dev.syris.platform.outbox;

import dev.syris.platform.kafka.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Publishes the outbox: all visible rows in order, in one Kafka transaction, then deletes them. There is no cursor, so
 * a row that commits late is not passed over. A crash between the two commits repeats the rows with the ids they have.
 *
 * <p>One instance leads, by a lease in the database. One that was frozen past its lease and thaws is fenced by Kafka,
 * because its successor took the same transactional id; what it may still delete was published by whoever read it.
 */
public final class OutboxRelay implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration RENEW_EVERY = Duration.ofSeconds(3);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(500);
  private static final int BATCH = 500;

  private final OutboxTable table;
  private final OutboxSignal signal;
  private final KafkaSettings kafka;
  private final String transactionalId;
  private final String owner = UUID.randomUUID().toString();

  private volatile boolean running;
  private @Nullable Thread thread;
  private @Nullable Producer<byte[], byte[]> producer;
  private long leadUntilNanos;
  private long renewAtNanos;
  private long epoch;

  public OutboxRelay(JdbcClient jdbc, String schema, OutboxSignal signal, KafkaSettings kafka) {
    this.table = new OutboxTable(jdbc, schema);
    this.signal = signal;
    this.kafka = kafka;
    this.transactionalId = "syris-" + schema + "-outbox";
  }

  /** Rows waiting to be published. */
  public long depth() {
    return table.depth();
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().name(transactionalId).start(this::run);
  }

  private void run() {
    while (running) {
      try {
        if (!lead()) {
          signal.await(POLL);
        } else if (!publish()) {
          signal.await(POLL);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      } catch (RuntimeException e) {
        retire(e);
      }
    }
    closeProducer();
  }

  /** True while the lease is ours. The local deadline starts before the database's, so it also ends before it. */
  private boolean lead() {
    long now = System.nanoTime();
    if (producer != null && now - renewAtNanos < 0) {
      return true;
    }
    var granted = table.lead(owner, LEASE);
    if (granted.isEmpty()) {
      closeProducer();
      return false;
    }
    leadUntilNanos = now + LEASE.toNanos();
    renewAtNanos = now + RENEW_EVERY.toNanos();
    if (producer == null || granted.get() != epoch) {
      closeProducer();
      epoch = granted.get();
      producer = openProducer();
    }
    return true;
  }

  /** Publishes one batch; false where there was nothing. */
  private boolean publish() {
    List<OutboxTable.Row> rows = table.read(BATCH);
    if (rows.isEmpty()) {
      return false;
    }
    Producer<byte[], byte[]> open = Objects.requireNonNull(producer);
    if (System.nanoTime() - leadUntilNanos > 0) {
      return true;
    }
    open.beginTransaction();
    rows.forEach(row -> row.records().forEach(words -> open.send(words.toProducerRecord())));
    open.commitTransaction();
    table.delete(rows);
    return true;
  }

  private Producer<byte[], byte[]> openProducer() {
    var config = kafka.producerConfig(transactionalId);
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) LEASE.toMillis());
    var opened = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    try {
      opened.initTransactions();
    } catch (RuntimeException e) {
      opened.close(Duration.ZERO);
      throw e;
    }
    return opened;
  }

  /** Any failure leaves the transaction to be aborted by the next producer, and the rows to be read again. */
  private void retire(RuntimeException e) {
    if (running) {
      LOG.warn("{}: could not publish, will try again: {}", transactionalId, e.toString());
    }
    closeProducer();
    try {
      Thread.sleep(AFTER_FAILURE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      running = false;
    }
  }

  private void closeProducer() {
    if (producer != null) {
      producer.close(Duration.ZERO);
      producer = null;
    }
  }

  /** Stops after what is under way; what is left waits in the table. */
  @Override
  public void stop() {
    running = false;
    signal.raise();
    Thread stopping = thread;
    if (stopping == null) {
      return;
    }
    try {
      if (!stopping.join(Duration.ofSeconds(1))) {
        stopping.interrupt();
      }
      table.release(owner);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.debug("{}: the lease was not given back", transactionalId, e);
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Starts early and stops late: what others say while stopping still goes out. */
  @Override
  public int getPhase() {
    return -1000;
  }
}

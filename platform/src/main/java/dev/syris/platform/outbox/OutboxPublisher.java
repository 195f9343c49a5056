package dev.syris.platform.outbox;

import dev.syris.platform.crash.CrashPoint;
import dev.syris.platform.kafka.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One step of the relay at a time: leads by a lease, reads the oldest rows, publishes them in one
 * Kafka transaction, deletes them. There is no cursor, so a row that commits late is not passed
 * over. A crash between the two commits repeats the rows with the ids they have.
 *
 * <p>One that was frozen past its lease and thaws is fenced by Kafka, because its successor took
 * the same transactional id; what it may still delete had been published by itself. A restarted
 * instance takes over from its former self at once. For one thread.
 */
final class OutboxPublisher {

  private static final int BATCH_ROWS = 1000;
  private static final long BATCH_BYTES = 8L * 1024 * 1024;

  /**
   * What one request to the broker takes along. One at a time and large: while one is under way the
   * rest gathers, and none overtakes the first of a transaction, which the broker would refuse.
   */
  private static final int REQUEST_BYTES = 1024 * 1024;

  private final OutboxTable table;
  private final OutboxSettings settings;
  private final String instance;
  private final KafkaSettings kafka;
  private final String owner = UUID.randomUUID().toString();

  private @Nullable Producer<byte[], byte[]> producer;
  private boolean hasLed;
  private long epoch;
  private long leadUntilNanos;
  private long renewAtNanos;

  OutboxPublisher(JdbcClient jdbc, OutboxSettings settings, String instance, KafkaSettings kafka) {
    this.table = new OutboxTable(jdbc, settings.schema());
    this.settings = settings;
    this.instance = instance;
    this.kafka = kafka;
  }

  /** What one step came to. */
  enum Step {
    PUBLISHED,
    NOTHING_TO_SAY,
    NOT_LEADING
  }

  /** Any exception leaves the rows where they are; call {@link #close} before the next step. */
  Step step() {
    Producer<byte[], byte[]> open = lead();
    return open == null ? Step.NOT_LEADING : publish(open);
  }

  /**
   * The producer while the lease is ours. The local deadline starts before the database's, so it
   * also ends before it.
   */
  private @Nullable Producer<byte[], byte[]> lead() {
    long now = System.nanoTime();
    if (producer != null && now - renewAtNanos < 0) {
      return producer;
    }
    Optional<Long> granted = table.lead(owner, instance, !hasLed, settings.lease());
    if (granted.isEmpty()) {
      close();
      return null;
    }
    leadUntilNanos = now + settings.lease().toNanos();
    renewAtNanos = now + settings.lease().toNanos() / 3;
    if (producer == null || granted.get() != epoch) {
      close();
      producer = openProducer();
    }
    epoch = granted.get();
    hasLed = true;
    return producer;
  }

  private Step publish(Producer<byte[], byte[]> open) {
    List<OutboxTable.Row> rows = table.read(BATCH_ROWS, BATCH_BYTES);
    if (rows.isEmpty()) {
      return Step.NOTHING_TO_SAY;
    }
    if (System.nanoTime() - leadUntilNanos > 0) {
      return Step.PUBLISHED; // too late to begin; the next step renews first
    }
    CrashPoint.reach("outbox.before-publish");
    open.beginTransaction();
    rows.forEach(row -> row.records().forEach(words -> open.send(words.toProducerRecord())));
    CrashPoint.reach("outbox.before-commit");
    open.commitTransaction();
    CrashPoint.reach("outbox.after-publish");
    table.delete(rows);
    CrashPoint.reach("outbox.after-delete");
    return Step.PUBLISHED;
  }

  private Producer<byte[], byte[]> openProducer() {
    var config = kafka.producerConfig(settings.transactionalId());
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.transactionalId());
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, REQUEST_BYTES);
    config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) settings.lease().toMillis());
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, settings.lease().toMillis());
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) settings.lease().toMillis());
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) settings.lease().toMillis() / 2);
    var opened = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    try {
      opened.initTransactions();
    } catch (RuntimeException e) {
      opened.close(Duration.ZERO);
      throw e;
    }
    return opened;
  }

  /** Puts the producer away; a transaction under way is aborted by the next one to open. */
  void close() {
    if (producer != null) {
      producer.close(Duration.ZERO);
      producer = null;
    }
  }

  /** Lets another lead at once. */
  void release() {
    table.release(owner);
  }

  String name() {
    return settings.transactionalId();
  }
}

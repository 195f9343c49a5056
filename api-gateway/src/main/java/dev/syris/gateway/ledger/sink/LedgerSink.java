package dev.syris.gateway.ledger.sink;

import dev.syris.platform.kafka.KafkaSettings;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;

/**
 * Keeps the ledger up with the topics, on one thread, for as long as the service runs. Whatever
 * goes wrong ends a session; the next one starts from what the database says. Any number of
 * instances may run: one writes, the others are fenced and try again.
 */
public final class LedgerSink implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(LedgerSink.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration GRACE = Duration.ofMillis(300);
  private static final int FENCED_PAUSE_MS = 500;

  private final KafkaSettings kafka;
  private final LedgerParts parts;
  private CountDownLatch stopping = new CountDownLatch(0);
  private volatile @Nullable LedgerClients open;
  private @Nullable Thread thread;

  /** Only of the sink's own thread. */
  private Duration pause = FIRST_PAUSE;

  LedgerSink(KafkaSettings kafka, LedgerParts parts) {
    this.kafka = kafka;
    this.parts = parts;
  }

  @Override
  public synchronized void start() {
    stopping = new CountDownLatch(1);
    thread = Thread.ofPlatform().name("syris-ledger").start(this::run);
  }

  private void run() {
    Set<TopicPartition> diverged = Set.of();
    while (isRunning()) {
      try (LedgerClients clients = LedgerClients.open(kafka)) {
        open = clients;
        diverged = session(clients, diverged);
      } catch (WakeupException | InterruptException _) {
        LOG.debug("the ledger was asked to stop");
      } catch (FencedException e) {
        parts.meters().fenced();
        rest(
            e,
            Duration.ofMillis(
                FENCED_PAUSE_MS + ThreadLocalRandom.current().nextInt(FENCED_PAUSE_MS)));
      } catch (TopicChangedException e) {
        LOG.warn("{}", e.getMessage());
      } catch (RuntimeException e) {
        Duration twice = pause.multipliedBy(2);
        rest(e, pause);
        pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
      } finally {
        open = null;
      }
    }
  }

  /** Ends by an exception, or with the partitions whose records are not those that were read. */
  private Set<TopicPartition> session(LedgerClients clients, Set<TopicPartition> diverged) {
    var session = new LedgerSession(parts, clients.consumer(), new TopicStates(clients.admin()));
    session.begin(diverged);
    try {
      while (isRunning()) {
        session.step();
        pause = FIRST_PAUSE;
      }
      return Set.of();
    } catch (LogTruncationException e) {
      return Set.copyOf(e.offsetOutOfRangePartitions().keySet());
    } catch (OffsetOutOfRangeException e) {
      LOG.warn("the broker does not have what the ledger wants to read next: {}", e.getMessage());
      return Set.of();
    }
  }

  private void rest(RuntimeException cause, Duration time) {
    String fault = NestedExceptionUtils.getMostSpecificCause(cause).toString();
    parts.status().failing(fault);
    LOG.warn("the ledger can't go on, will try again in {} ms: {}", time.toMillis(), fault);
    try {
      boolean asked = stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
      LOG.debug("the ledger goes on; asked to stop: {}", asked);
    } catch (InterruptedException _) {
      LOG.debug("the ledger was asked to stop");
    }
  }

  /** Lets the transaction under way end; what was not written waits on the topics. */
  @Override
  public synchronized void stop() {
    stopping.countDown();
    LedgerClients clients = open;
    if (clients != null) {
      clients.consumer().wakeup();
    }
    Thread running = thread;
    if (running == null) {
      return;
    }
    try {
      if (!running.join(GRACE)) {
        running.interrupt();
        running.join(GRACE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return stopping.getCount() > 0;
  }
}

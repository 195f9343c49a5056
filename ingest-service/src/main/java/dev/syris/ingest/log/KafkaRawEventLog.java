package dev.syris.ingest.log;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The topic of raw events. One event costs one round trip of an idempotent producer; only a batch
 * pays for a transaction. Started, it makes both producers ready in the background, so that a
 * service starts while the broker is still away; closed with its bean, after the last request has
 * been answered.
 */
final class KafkaRawEventLog implements RawEventLog, SmartLifecycle, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaRawEventLog.class);
  private static final Duration RETRY = Duration.ofMillis(500);

  private final SingleWriter single;
  private final BatchWriter batch;
  private final AtomicBoolean failing = new AtomicBoolean();
  private volatile boolean running;

  KafkaRawEventLog(SingleWriter single, BatchWriter batch) {
    this.single = single;
    this.batch = batch;
  }

  @Override
  public WriteResult append(List<StampedEvent> events) {
    WriteResult result =
        events.size() == 1
            ? single.write(events.getFirst().toRecord())
            : batch.write(events.stream().map(StampedEvent::toRecord).toList());
    note(result);
    return result;
  }

  /** Says when writing begins to fail and when it works again, not each time it fails. */
  private void note(WriteResult result) {
    switch (result) {
      case WriteResult.Written _ -> {
        if (failing.compareAndSet(true, false)) {
          LOG.info("the broker takes events again");
        }
      }
      case WriteResult.NotWritten(String reason) -> noteFailure(reason);
      case WriteResult.InDoubt(String reason) -> noteFailure(reason);
    }
  }

  private void noteFailure(String reason) {
    if (failing.compareAndSet(false, true)) {
      LOG.warn("events are not accepted until the broker takes them: {}", reason);
    }
  }

  @Override
  public void start() {
    running = true;
    Thread.ofVirtual().name("ingest-warm-up").start(this::warmUp);
  }

  private void warmUp() {
    while (running) {
      try {
        single.warmUp();
        batch.warmUp();
        return;
      } catch (RuntimeException e) {
        LOG.info("the broker is not ready yet: {}", e.getMessage());
        pause();
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(RETRY);
    } catch (InterruptedException _) {
      running = false;
    }
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /**
   * Only the warm-up stops here; the producers outlive the web server, whose last requests still
   * need them.
   */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE;
  }

  @Override
  public void close() {
    running = false;
    single.close();
    batch.close();
  }
}

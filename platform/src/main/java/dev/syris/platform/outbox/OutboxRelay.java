package dev.syris.platform.outbox;

import dev.syris.platform.time.Signal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The thread that publishes the outbox: woken by commits of this process, polling for those of
 * others.
 */
public final class OutboxRelay implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration STOP = Duration.ofMillis(500);

  private final OutboxPublisher publisher;
  private final Signal signal;

  private volatile boolean running;
  private volatile boolean leading;
  private volatile @Nullable String failure;
  private @Nullable Thread thread;

  OutboxRelay(OutboxPublisher publisher, Signal signal) {
    this.publisher = publisher;
    this.signal = signal;
  }

  /** Whether this instance is the one that publishes. */
  boolean leading() {
    return leading;
  }

  /** Why the last attempt failed; null while all is well. */
  @Nullable String failure() {
    return failure;
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().name(publisher.name()).start(this::run);
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    while (running) {
      try {
        OutboxPublisher.Step step = publisher.step();
        leading = step != OutboxPublisher.Step.NOT_LEADING;
        failure = null;
        pause = FIRST_PAUSE;
        if (step != OutboxPublisher.Step.PUBLISHED) {
          signal.await(POLL);
        }
      } catch (InterruptedException e) {
        running = false;
      } catch (RuntimeException e) {
        leading = false;
        failed(e, pause);
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
      }
    }
    lastWords();
    publisher.close();
  }

  /** What was said while the others stopped. */
  private void lastWords() {
    try {
      if (leading && failure == null && !Thread.currentThread().isInterrupted()) {
        publisher.step();
      }
    } catch (RuntimeException e) {
      LOG.debug("{}: the last words wait for the next start", publisher.name(), e);
    }
  }

  /** Whatever it was, the rows are still there. */
  private void failed(RuntimeException e, Duration pause) {
    publisher.close();
    if (!running) {
      return;
    }
    failure = e.getClass().getSimpleName();
    LOG.warn(
        "{}: could not publish, will try again in {} ms: {}",
        publisher.name(),
        pause.toMillis(),
        e.toString());
    try {
      Thread.sleep(pause);
    } catch (InterruptedException interrupted) {
      running = false;
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
      if (!stopping.join(STOP)) {
        stopping.interrupt();
        stopping.join(STOP);
      }
      if (leading) {
        publisher.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.debug("{}: the lease was not given back", publisher.name(), e);
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

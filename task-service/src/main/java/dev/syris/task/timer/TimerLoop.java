package dev.syris.task.timer;

import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.time.Signal;
import dev.syris.task.TaskSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Fires timers: sleeps until the next is due, or until a new one is set, and marks each as fired in
 * the transaction that says so. Never sleeps longer than a poll, so that a clock that is set, and
 * timers of other instances, are seen.
 */
public final class TimerLoop implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(TimerLoop.class);
  private static final int BATCH = 100;
  private static final Duration TAKEN = Duration.ofMillis(20); // another instance is firing them
  private static final Duration STOP = Duration.ofMillis(500);

  private final TimerTable table;
  private final TransactionTemplate transaction;
  private final Outbox outbox;
  private final InstantSource clock;
  private final Duration poll;
  private final Signal signal = new Signal();

  private volatile boolean running;
  private volatile @Nullable String failure;
  private @Nullable Thread thread;

  TimerLoop(
      TimerTable table,
      TransactionTemplate transaction,
      Outbox outbox,
      InstantSource clock,
      TaskSettings settings) {
    this.table = table;
    this.transaction = transaction;
    this.outbox = outbox;
    this.clock = clock;
    this.poll = settings.poll();
  }

  /** A timer was set, or the clock was. */
  void wake() {
    signal.raise();
  }

  /** Why the last round failed; null while all is well. */
  @Nullable String failure() {
    return failure;
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().name("syris-task-timers").start(this::run);
  }

  private void run() {
    while (running) {
      Duration pause = poll;
      try {
        pause = round();
        failure = null;
      } catch (RuntimeException e) {
        failure = e.getClass().getSimpleName();
        LOG.warn("timers wait: {}", e.toString());
      }
      try {
        signal.await(pause);
      } catch (InterruptedException e) {
        running = false;
      }
    }
  }

  /** Fires what is due; says how long there is nothing to do. */
  private Duration round() {
    Optional<Instant> next = table.next();
    while (next.isPresent() && !next.get().isAfter(clock.instant())) {
      if (fireDue() == 0) {
        return TAKEN;
      }
      next = table.next();
    }
    Duration left = next.map(due -> Duration.between(clock.instant(), due)).orElse(poll);
    return left.compareTo(poll) > 0 ? poll : left;
  }

  /** Fires due timers, at most so many as fit into one transaction, and says how many it were. */
  int fireDue() {
    return transaction.execute(
        _ -> {
          List<DueTimer> due = table.fire(clock.instant(), BATCH);
          outbox.append(due.stream().map(TimerEvents::of).toList());
          return due.size();
        });
  }

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
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return -200;
  }
}

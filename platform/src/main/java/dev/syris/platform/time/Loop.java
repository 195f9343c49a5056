package dev.syris.platform.time;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * A thread of its own that does one round after the other: at the time the last one asked for, when
 * it is woken, and never later than a poll, so that a clock that is set, and what other instances
 * did, is seen. A round that fails is said, and followed by another. Thread-safe.
 */
public abstract class Loop implements SmartLifecycle {

  private static final Duration STOP = Duration.ofMillis(500);

  private final String threadName;
  private final Duration poll;
  private final String whenFailing;
  private final Signal signal;

  private volatile boolean running;
  private volatile @Nullable String failure;
  private @Nullable Thread thread;

  /**
   * @param whenFailing what the log says of a failed round, such as {@code timers wait}
   */
  protected Loop(String threadName, Duration poll, String whenFailing) {
    this(threadName, poll, whenFailing, new Signal());
  }

  /** A loop that is woken by a signal others raise, too. */
  protected Loop(String threadName, Duration poll, String whenFailing, Signal signal) {
    this.threadName = threadName;
    this.poll = poll;
    this.whenFailing = whenFailing;
    this.signal = signal;
  }

  /** Does what is to be done; says how long there is nothing to do. */
  protected abstract Duration round() throws InterruptedException;

  /** What is done once more after the last round, where the loop is stopped in an orderly way. */
  protected void last() {}

  /** There is something to be done now. */
  public final void wake() {
    signal.raise();
  }

  /** Why the last round failed; null while all is well. */
  public final @Nullable String failure() {
    return failure;
  }

  protected final Duration poll() {
    return poll;
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().name(threadName).start(this::run);
  }

  private void run() {
    try {
      while (running) {
        Duration pause = tryRound();
        if (running && pause.isPositive()) {
          signal.await(pause.compareTo(poll) < 0 ? pause : poll);
        }
      }
      last();
    } catch (InterruptedException e) {
      running = false;
    } catch (RuntimeException e) {
      warn(e);
    }
  }

  private Duration tryRound() throws InterruptedException {
    try {
      Duration pause = round();
      failure = null;
      return pause;
    } catch (RuntimeException e) {
      failure = e.getClass().getSimpleName();
      warn(e);
      return poll;
    }
  }

  private void warn(RuntimeException e) {
    LoggerFactory.getLogger(getClass()).warn("{}: {}", whenFailing, e.toString());
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
  public final boolean isRunning() {
    return running;
  }

  /** Before what brings work, and after it. */
  @Override
  public int getPhase() {
    return -200;
  }
}

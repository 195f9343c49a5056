package dev.syris.task.notice;

import dev.syris.platform.time.Signal;
import dev.syris.task.notify.Targets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sends notices: sleeps until the next is due, or until one is announced, never longer than a poll.
 * Targets are served at the same time, so that one that hangs holds up no other.
 */
public final class NoticeLoop implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(NoticeLoop.class);
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration STOP = Duration.ofMillis(500);

  private final NoticeTable table;
  private final NoticePost post;
  private final Targets targets;
  private final InstantSource clock;
  private final Duration poll;
  private final Signal signal;

  private volatile boolean running;
  private volatile @Nullable String failure;
  private @Nullable Thread thread;

  NoticeLoop(
      NoticeTable table,
      NoticePost post,
      Targets targets,
      InstantSource clock,
      Duration poll,
      Signal signal) {
    this.table = table;
    this.post = post;
    this.targets = targets;
    this.clock = clock;
    this.poll = poll;
    this.signal = signal;
  }

  /** Why the last round failed; null while all is well. */
  @Nullable String failure() {
    return failure;
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().name("syris-task-notices").start(this::run);
  }

  private void run() {
    boolean cleared = false;
    while (running) {
      Duration pause = poll;
      try {
        if (!cleared) {
          post.clear();
          cleared = true;
        }
        pause = targets.ids().isEmpty() ? poll : round();
        failure = null;
      } catch (RuntimeException e) {
        failure = e.getClass().getSimpleName();
        LOG.warn("notices wait: {}", e.toString());
      } catch (InterruptedException e) {
        running = false;
        return;
      }
      try {
        signal.await(pause);
      } catch (InterruptedException e) {
        running = false;
      }
    }
  }

  /** Sends what is due; says how long there is nothing to do. */
  Duration round() throws InterruptedException {
    var deliveries = new ArrayList<FutureTask<Boolean>>();
    var threads = new ArrayList<Thread>();
    for (String target : targets.ids()) {
      var delivery = new FutureTask<>(() -> post.send(target));
      deliveries.add(delivery);
      threads.add(Thread.ofVirtual().name("notices-" + target).start(delivery));
    }
    try {
      return await(deliveries) ? Duration.ZERO : untilNext();
    } catch (InterruptedException e) {
      threads.forEach(Thread::interrupt);
      throw e;
    }
  }

  private static boolean await(List<FutureTask<Boolean>> deliveries) throws InterruptedException {
    boolean more = false;
    for (FutureTask<Boolean> delivery : deliveries) {
      try {
        more |= delivery.get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException fault
            ? fault
            : new IllegalStateException("sending notices failed", e.getCause());
      }
    }
    return more;
  }

  private Duration untilNext() {
    Optional<Instant> next = table.next();
    Duration left = next.map(due -> Duration.between(clock.instant(), due)).orElse(poll);
    return left.compareTo(SHORTEST) < 0 ? SHORTEST : left.compareTo(poll) > 0 ? poll : left;
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

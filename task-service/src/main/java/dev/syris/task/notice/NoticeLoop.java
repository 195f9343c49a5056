package dev.syris.task.notice;

import dev.syris.platform.time.Loop;
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

/**
 * Sends notices: sleeps until the next is due, or until one is announced. Targets are served at the
 * same time, so that one that hangs holds up no other.
 */
public final class NoticeLoop extends Loop {

  private static final Duration SHORTEST = Duration.ofMillis(100);

  private final NoticeTable table;
  private final NoticePost post;
  private final Targets targets;
  private final InstantSource clock;

  private boolean cleared;

  NoticeLoop(
      NoticeTable table,
      NoticePost post,
      Targets targets,
      InstantSource clock,
      Duration poll,
      Signal signal) {
    super("syris-task-notices", poll, "notices wait", signal);
    this.table = table;
    this.post = post;
    this.targets = targets;
    this.clock = clock;
  }

  /** Sends what is due; says how long there is nothing to do. */
  @Override
  protected Duration round() throws InterruptedException {
    if (!cleared) {
      post.clear();
      cleared = true;
    }
    return targets.ids().isEmpty() ? poll() : send();
  }

  private Duration send() throws InterruptedException {
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
    Duration left = next.map(due -> Duration.between(clock.instant(), due)).orElse(poll());
    return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
  }
}

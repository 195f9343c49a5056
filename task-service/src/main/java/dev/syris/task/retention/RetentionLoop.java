package dev.syris.task.retention;

import dev.syris.platform.time.Loop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets what was kept long enough: a look every few minutes, and batches with a pause between
 * them while there is more, so that nobody waits for it. Several instances may do it at once.
 * Thread-safe.
 */
final class RetentionLoop extends Loop {

  static final int BATCH = 500;

  private static final Logger LOG = LoggerFactory.getLogger(RetentionLoop.class);
  private static final Duration LOOK_EVERY = Duration.ofMinutes(10);
  private static final Duration GO_ON_AFTER = Duration.ofSeconds(1);

  private final List<Forgettable> kept;
  private final InstantSource clock;

  RetentionLoop(List<Forgettable> kept, InstantSource clock) {
    super("syris-task-retention", LOOK_EVERY, "what is over can't be forgotten now");
    this.kept = List.copyOf(kept);
    this.clock = clock;
  }

  @Override
  protected Duration round() {
    Instant now = clock.instant();
    boolean more = false;
    for (Forgettable rows : kept) {
      int forgotten = rows.forget(now, BATCH);
      if (forgotten > 0) {
        LOG.info("forgot {} {}", forgotten, rows.what());
      }
      more |= forgotten == BATCH;
    }
    return more ? GO_ON_AFTER : LOOK_EVERY;
  }
}

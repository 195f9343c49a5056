package dev.syris.task.timer;

import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.time.Loop;
import dev.syris.task.TaskSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Fires timers: sleeps until the next is due, or until a new one is set, and marks each as fired in
 * the transaction that says so.
 */
public final class TimerLoop extends Loop {

  private static final int BATCH = 100;
  private static final Duration TAKEN = Duration.ofMillis(20); // another instance is firing them

  private final TimerTable table;
  private final TransactionTemplate transaction;
  private final Outbox outbox;
  private final InstantSource clock;

  TimerLoop(
      TimerTable table,
      TransactionTemplate transaction,
      Outbox outbox,
      InstantSource clock,
      TaskSettings settings) {
    super("syris-task-timers", settings.poll(), "timers wait");
    this.table = table;
    this.transaction = transaction;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Fires what is due; says how long there is nothing to do. */
  @Override
  protected Duration round() {
    Optional<Instant> next = table.next();
    while (next.isPresent() && !next.get().isAfter(clock.instant())) {
      if (fireDue() == 0) {
        return TAKEN;
      }
      next = table.next();
    }
    Duration left = next.map(due -> Duration.between(clock.instant(), due)).orElse(poll());
    return left;
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
}

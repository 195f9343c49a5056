package dev.syris.task.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** At which instants a schedule is due: its slots. Immutable. */
sealed interface Recurrence {

  /** The first slot after an instant; empty where there is none. */
  Optional<Instant> after(Instant instant);

  /** Times on a clock on a wall. */
  record Cron(CronExpression expression) implements Recurrence {

    @Override
    public Optional<Instant> after(Instant instant) {
      return expression.after(instant);
    }
  }

  /** Every so often, counted from the anchor, which is no slot. What clocks show has no part. */
  record Interval(Duration every, Instant anchor) implements Recurrence {

    public Interval {
      if (every.toSeconds() < 1 || every.getNano() != 0) {
        throw new IllegalArgumentException("an interval has whole seconds, at least one: " + every);
      }
    }

    @Override
    public Optional<Instant> after(Instant instant) {
      long passed = Math.floorDiv(Duration.between(anchor, instant).toMillis(), every.toMillis());
      return Optional.of(anchor.plus(every.multipliedBy(Math.max(0, passed) + 1)));
    }
  }

  /** Once. */
  record OneShot(Instant at) implements Recurrence {

    @Override
    public Optional<Instant> after(Instant instant) {
      return at.isAfter(instant) ? Optional.of(at) : Optional.empty();
    }
  }
}

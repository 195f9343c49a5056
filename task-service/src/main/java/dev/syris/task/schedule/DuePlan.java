package dev.syris.task.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done about a schedule that is due. Pure.
 *
 * <p>A slot is on time where it is seen within a second, or within the grace by a scheduler that
 * was there when it came; it is run. Every other is late, and the catch-up policy says whether it
 * is run or missed.
 *
 * @param run slots to be run, oldest first
 * @param missed slots that are not, oldest first; the newest of them, at most {@link #MOST_NAMED}
 * @param missedCount how many are missed, with those that are not named
 * @param firstMissed the oldest that is missed
 * @param next the first slot that is not due yet; null where there is none
 */
record DuePlan(
    List<Slot> run,
    List<Instant> missed,
    long missedCount,
    @Nullable Instant firstMissed,
    @Nullable Instant next) {

  /** So many missed slots have a record of their own; those before them have one together. */
  static final int MOST_NAMED = 1_000;

  private static final Duration PROMPT = Duration.ofSeconds(1);

  /**
   * A slot to be run.
   *
   * @param late whether it is run by the catch-up policy
   */
  record Slot(Instant at, boolean late) {}

  /**
   * What holds for a round.
   *
   * @param since from when on this scheduler has been there
   * @param grace how late a slot may be seen by one that was there
   */
  record Round(Instant now, Instant since, Duration grace) {

    private boolean onTime(Instant slot) {
      Duration lateness = Duration.between(slot, now);
      return lateness.compareTo(PROMPT) <= 0
          || (!slot.isBefore(since) && lateness.compareTo(grace) <= 0);
    }
  }

  /**
   * Plans.
   *
   * @param due the first slot that has been neither run nor missed; not after now
   */
  static DuePlan of(Recurrence recurrence, CatchUp catchUp, Instant due, Round round) {
    var tally = new Tally(catchUp, round);
    @Nullable Instant slot = due;
    while (slot != null && !slot.isAfter(round.now())) {
      tally.add(slot);
      slot = recurrence.after(slot).orElse(null);
    }
    return tally.plan(slot);
  }

  /** Late slots run through a queue of those that may still be run, to those that are missed. */
  private static final class Tally {

    private final CatchUp catchUp;
    private final Round round;
    private final Deque<Instant> kept = new ArrayDeque<>();
    private final Deque<Instant> missed = new ArrayDeque<>();
    private final List<Slot> run = new ArrayList<>();
    private long missedCount;
    private @Nullable Instant firstMissed;

    Tally(CatchUp catchUp, Round round) {
      this.catchUp = catchUp;
      this.round = round;
    }

    void add(Instant slot) {
      if (round.onTime(slot)) {
        run.add(new Slot(slot, false));
      } else if (catchUp.most() == 0 || tooOld(slot)) {
        miss(slot);
      } else {
        kept.addLast(slot);
        if (kept.size() > catchUp.most()) {
          miss(kept.removeFirst());
        }
      }
    }

    private boolean tooOld(Instant slot) {
      return catchUp.window() != null && slot.plus(catchUp.window()).isBefore(round.now());
    }

    private void miss(Instant slot) {
      firstMissed = firstMissed == null ? slot : firstMissed;
      missedCount++;
      missed.addLast(slot);
      if (missed.size() > MOST_NAMED) {
        missed.removeFirst();
      }
    }

    DuePlan plan(@Nullable Instant next) {
      if (catchUp.policy() == CatchUp.Policy.RUN_ONCE && !run.isEmpty()) {
        kept.forEach(this::miss);
        kept.clear();
      }
      var all = new ArrayList<Slot>();
      kept.forEach(slot -> all.add(new Slot(slot, true)));
      all.addAll(run);
      return new DuePlan(List.copyOf(all), List.copyOf(missed), missedCount, firstMissed, next);
    }
  }
}

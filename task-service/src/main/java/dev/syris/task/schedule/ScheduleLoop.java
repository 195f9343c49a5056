package dev.syris.task.schedule;

import dev.syris.contracts.id.TraceId;
import dev.syris.platform.crash.CrashPoint;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.outbox.OutboxRecord;
import dev.syris.platform.time.Loop;
import dev.syris.task.TaskSettings;
import dev.syris.task.call.GateParts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs what is due: sleeps until the next slot, or until a schedule is changed. The events, their
 * audit and the schedule's move to its next slot are one transaction; several instances share the
 * rows. Thread-safe.
 */
public final class ScheduleLoop extends Loop {

  private static final int BATCH = 500;
  private static final int MOST_RECORDS = 2_000;
  private static final Duration TAKEN = Duration.ofMillis(20); // another instance is at them

  private final ScheduleTable table;
  private final TransactionTemplate transaction;
  private final Outbox outbox;
  private final GateParts.QuietHours quietHours;
  private final InstantSource clock;
  private final Duration grace;
  private volatile @Nullable Instant since;

  ScheduleLoop(
      ScheduleTable table,
      TransactionTemplate transaction,
      Outbox outbox,
      GateParts.QuietHours quietHours,
      InstantSource clock,
      TaskSettings task,
      ScheduleSettings settings) {
    super("syris-task-schedules", task.poll(), "schedules wait");
    this.table = table;
    this.transaction = transaction;
    this.outbox = outbox;
    this.quietHours = quietHours;
    this.clock = clock;
    this.grace = settings.grace();
  }

  @Override
  public void start() {
    since = clock.instant();
    super.start();
  }

  /** Runs what is due; says how long there is nothing to do. */
  @Override
  protected Duration round() {
    runHeld();
    Optional<Instant> next = table.next();
    while (next.isPresent() && !next.get().isAfter(clock.instant())) {
      if (runDue() == 0) {
        return TAKEN;
      }
      next = table.next();
    }
    return next.map(due -> Duration.between(clock.instant(), due)).orElse(poll());
  }

  /** Runs due schedules, as many as fit into one transaction, and says how many it were. */
  int runDue() {
    int moved = change(table -> table.claimDue(clock.instant(), BATCH), this::due);
    CrashPoint.reach("schedule.after-commit");
    return moved;
  }

  private void runHeld() {
    change(table -> table.claimHeld(BATCH), this::held);
  }

  private interface Claim {
    List<Scheduled> from(ScheduleTable table);
  }

  private interface Turn {
    Firing.Result of(Scheduled schedule, Instant now);
  }

  private int change(Claim claim, Turn turn) {
    Integer moved =
        transaction.execute(
            _ -> {
              var moves = new ArrayList<Move>();
              var said = new ArrayList<OutboxRecord>();
              for (Scheduled schedule : claim.from(table)) {
                if (said.size() >= MOST_RECORDS) {
                  break; // the others have their turn in the next transaction
                }
                Firing.Result result = turn.of(schedule, clock.instant());
                moves.add(result.move());
                said.addAll(result.said());
              }
              if (!moves.isEmpty()) {
                table.move(moves, clock.instant());
                outbox.append(said);
                CrashPoint.reach("schedule.before-commit");
              }
              return moves.size();
            });
    return moved == null ? 0 : moved;
  }

  private Firing.Result due(Scheduled schedule, Instant now) {
    Instant due = schedule.next();
    if (due == null) {
      throw new IllegalStateException(schedule.id() + " is not due");
    }
    Instant there = since == null || since.isAfter(now) ? now : since;
    var round = new DuePlan.Round(now, there, grace);
    DuePlan plan = DuePlan.of(schedule.recurrence(), schedule.plan().catchUp(), due, round);
    return Firing.due(schedule, plan, circumstances(schedule, now));
  }

  private Firing.Result held(Scheduled schedule, Instant now) {
    return Firing.held(schedule, circumstances(schedule, now));
  }

  private Firing.Circumstances circumstances(Scheduled schedule, Instant now) {
    TraceId last = schedule.lastTrace();
    String hours = schedule.plan().quietHours();
    boolean busy = schedule.plan().overlap() != Overlap.ALLOW && last != null && table.busy(last);
    boolean quiet = hours != null && !quietHours.at(Set.of(hours), now).isEmpty();
    return new Firing.Circumstances(now, busy, quiet);
  }
}

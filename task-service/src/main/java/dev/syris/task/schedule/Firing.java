package dev.syris.task.schedule;

import dev.syris.contracts.id.TraceId;
import dev.syris.platform.outbox.OutboxRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What comes of one schedule in one round: which slots are run, which are not and why, and where it
 * stands then. Pure; for one schedule and one round.
 */
final class Firing {

  /**
   * What a decision needs to know beside the schedule.
   *
   * @param busy whether the work of the last run is not over
   * @param quiet whether the quiet hours it names hold
   */
  record Circumstances(Instant now, boolean busy, boolean quiet) {}

  private final Scheduled schedule;
  private final Circumstances circumstances;
  private final List<OutboxRecord> said = new ArrayList<>();
  private @Nullable Instant held;
  private @Nullable TraceId lastTrace;
  private long fired;
  private long skipped;

  private Firing(Scheduled schedule, Circumstances circumstances) {
    this.schedule = schedule;
    this.circumstances = circumstances;
    this.held = schedule.held();
  }

  /** How the row moves on, and what is said. */
  record Result(Move move, List<OutboxRecord> said) {}

  /** Of one that is due. */
  static Result due(Scheduled schedule, DuePlan plan, Circumstances circumstances) {
    var firing = new Firing(schedule, circumstances);
    firing.miss(plan);
    plan.run().forEach(firing::take);
    return firing.result(plan.next(), plan.missedCount());
  }

  /** Of one whose slot waited. */
  static Result held(Scheduled schedule, Circumstances circumstances) {
    var firing = new Firing(schedule, circumstances);
    Instant slot = schedule.held();
    if (slot != null && !circumstances.busy() && !circumstances.quiet()) {
      firing.held = null;
      firing.run(new DuePlan.Slot(slot, false));
    }
    return firing.result(schedule.next(), 0);
  }

  private void miss(DuePlan plan) {
    long unnamed = plan.missedCount() - plan.missed().size();
    Instant first = plan.firstMissed();
    if (unnamed > 0 && first != null) {
      say(
          ScheduleAudits.missedMany(
              schedule, first, plan.missed().getFirst(), unnamed, circumstances.now()));
    }
    plan.missed().forEach(slot -> say(ScheduleAudits.missed(schedule, slot, circumstances.now())));
  }

  private void take(DuePlan.Slot slot) {
    boolean once = schedule.plan().when().type() == ScheduleSpec.Type.ONE_SHOT;
    boolean busy =
        schedule.plan().overlap() != Overlap.ALLOW && (circumstances.busy() || lastTrace != null);
    if (circumstances.quiet()) {
      holdOrSkip(slot.at(), once, ScheduleAudits.QUIET_HOURS);
    } else if (busy) {
      holdOrSkip(
          slot.at(), schedule.plan().overlap() == Overlap.BUFFER_ONE, ScheduleAudits.OVERLAP);
    } else {
      run(slot);
    }
  }

  private void holdOrSkip(Instant slot, boolean mayWait, String reason) {
    if (mayWait && held == null) {
      held = slot;
      return;
    }
    skipped++;
    say(ScheduleAudits.skipped(schedule, slot, reason, circumstances.now()));
  }

  private void run(DuePlan.Slot slot) {
    fired++;
    lastTrace = FiringEvents.trace(schedule, slot.at());
    said.add(FiringEvents.of(schedule, slot.at()));
    say(ScheduleAudits.fired(schedule, slot, circumstances.now()));
  }

  private void say(dev.syris.contracts.audit.AuditEvent audit) {
    said.add(OutboxRecord.audit(audit));
  }

  private Result result(@Nullable Instant next, long missed) {
    Instant ran = fired > 0 ? circumstances.now() : null;
    var move = new Move(schedule.id(), next, held, ran, lastTrace, fired, missed, skipped);
    return new Result(move, List.copyOf(said));
  }
}

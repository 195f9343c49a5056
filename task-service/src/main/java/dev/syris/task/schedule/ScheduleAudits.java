package dev.syris.task.schedule;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.AuditEventBuilder;
import dev.syris.contracts.audit.AuditType;
import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** What the trail says of schedules. Ids are made from schedule and slot. Pure. */
final class ScheduleAudits {

  static final String QUIET_HOURS = "quiet_hours";
  static final String OVERLAP = "overlap";

  private ScheduleAudits() {}

  static AuditEvent fired(Scheduled schedule, DuePlan.Slot slot, Instant now) {
    long late = Duration.between(slot.at(), now).toMillis();
    ObjectNode details = details(schedule, slot.at()).put("late_ms", late);
    if (slot.late()) {
      details.put("catch_up_policy", schedule.plan().catchUp().policy().wire());
    }
    return start(AuditType.SCHEDULE_FIRED, schedule, slot.at(), now)
        .refs(refs(schedule).with("event_id", FiringEvents.eventId(schedule, slot.at())))
        .latencyMs(Math.max(0, late))
        .details(details)
        .say(
            slot.late()
                ? "The %s was run, late: it was due at %s".formatted(named(schedule), slot.at())
                : "The %s was run".formatted(named(schedule)));
  }

  static AuditEvent missed(Scheduled schedule, Instant slot, Instant now) {
    return start(AuditType.SCHEDULE_MISSED, schedule, slot, now)
        .details(
            details(schedule, slot)
                .put("catch_up_policy", schedule.plan().catchUp().policy().wire()))
        .say("The %s was due at %s and was not run".formatted(named(schedule), slot));
  }

  /** Many at once, where it would be too many records. */
  static AuditEvent missedMany(
      Scheduled schedule, Instant first, Instant before, long count, Instant now) {
    return start(AuditType.SCHEDULE_MISSED, schedule, first, now)
        .details(
            details(schedule, first)
                .put("count", count)
                .put("before", InstantCodec.format(before))
                .put("catch_up_policy", schedule.plan().catchUp().policy().wire()))
        .say(
            "The %s was due %d times from %s on, before %s, and was not run"
                .formatted(named(schedule), count, first, before));
  }

  static AuditEvent skipped(Scheduled schedule, Instant slot, String reason, Instant now) {
    ObjectNode details = details(schedule, slot).put("reason", reason);
    String why =
        reason.equals(QUIET_HOURS)
            ? "the quiet hours %s hold".formatted(schedule.plan().quietHours())
            : "the work of its last run is not over";
    return start(AuditType.SCHEDULE_SKIPPED, schedule, slot, now)
        .details(details)
        .say("The %s was not run: %s".formatted(named(schedule), why));
  }

  private static AuditEventBuilder start(
      AuditType type, Scheduled schedule, Instant slot, Instant now) {
    var id =
        new AuditId(Uuids.named("audit", type.wire(), schedule.id(), InstantCodec.format(slot)));
    return AuditEvent.of(type, id, FiringEvents.trace(schedule, slot), now)
        .actor(AuditActor.schedule(schedule.id()))
        .refs(refs(schedule));
  }

  private static Refs refs(Scheduled schedule) {
    return Refs.NONE.with("schedule_id", schedule.id());
  }

  private static ObjectNode details(Scheduled schedule, Instant slot) {
    return Json.object()
        .put("name", schedule.plan().name())
        .put("scheduled_for", InstantCodec.format(slot));
  }

  private static String named(Scheduled schedule) {
    String noun =
        switch (schedule.kind()) {
          case SCHEDULE -> "schedule";
          case TIMER -> "timer";
          case ALARM -> "alarm clock";
        };
    return "%s \"%s\"".formatted(noun, schedule.plan().name());
  }
}

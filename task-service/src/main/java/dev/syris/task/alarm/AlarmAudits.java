package dev.syris.task.alarm;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.AuditEventBuilder;
import dev.syris.contracts.audit.AuditType;
import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.Json;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What the trail says of alarms. Pure. */
final class AlarmAudits {

  static final AuditActor SYSTEM = AuditActor.system("task-service");

  private AlarmAudits() {}

  static AuditEvent raised(UUID alarm, Finding finding, TraceId trace, Instant at) {
    ObjectNode details =
        Json.object()
            .put("alarm_type", finding.type())
            .put("severity", finding.severity().wire())
            .put("dedupe_key", finding.dedupeKey());
    details.setAll(finding.details());
    return AuditEvent.of(AuditType.ALARM_RAISED, id("raised", alarm), trace, at)
        .actor(SYSTEM)
        .refs(finding.refs().with("alarm_id", alarm))
        .details(details)
        .say(finding.summary());
  }

  static AuditEvent acked(AlarmRow alarm, AuditActor by, @Nullable String note, Instant at) {
    return told(AuditType.ALARM_ACKED, "acked", alarm, by, note, at)
        .say("The alarm \"%s\" was taken note of".formatted(alarm.type()));
  }

  static AuditEvent resolved(AlarmRow alarm, AuditActor by, @Nullable String note, Instant at) {
    return told(AuditType.ALARM_RESOLVED, "resolved", alarm, by, note, at)
        .say("The alarm \"%s\" is over".formatted(alarm.type()));
  }

  /** What an operator did. */
  static AuditEvent action(
      AuditId id, String verb, AlarmRow alarm, AuditActor by, @Nullable String note, Instant at) {
    return AuditEvent.operatorAction("alarm", verb, id, alarm.trace(), at)
        .actor(by)
        .refs(Refs.NONE.with("alarm_id", alarm.id()))
        .details(details(alarm, note))
        .say("An operator asked to %s the alarm \"%s\"".formatted(verb, alarm.type()));
  }

  private static AuditEventBuilder told(
      AuditType type,
      String what,
      AlarmRow alarm,
      AuditActor by,
      @Nullable String note,
      Instant at) {
    return AuditEvent.of(type, id(what, alarm.id()), alarm.trace(), at)
        .actor(by)
        .refs(Refs.NONE.with("alarm_id", alarm.id()))
        .details(details(alarm, note));
  }

  private static ObjectNode details(AlarmRow alarm, @Nullable String note) {
    ObjectNode details =
        Json.object().put("alarm_type", alarm.type()).put("dedupe_key", alarm.dedupeKey());
    return note == null ? details : details.put("note", note);
  }

  private static AuditId id(String what, UUID alarm) {
    return new AuditId(Uuids.named("audit", "alarm", what, alarm.toString()));
  }
}

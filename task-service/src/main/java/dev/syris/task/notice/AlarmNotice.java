package dev.syris.task.notice;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.task.notify.Urgency;
import tools.jackson.databind.node.ObjectNode;

/** What the operator is told of an alarm: the sentence the trail has of it. */
final class AlarmNotice {

  private AlarmNotice() {}

  static Notice of(AuditEvent alarm) {
    ObjectNode details = alarm.details();
    String severity = details == null ? "error" : details.path("severity").asString("error");
    String type = details == null ? "" : details.path("alarm_type").asString("");
    return new Notice(
        Notice.Kind.ALARM,
        alarm.auditId().toString(),
        "%s: %s".formatted(severity, type),
        alarm.summary(),
        severity.equals("warning") ? Urgency.NORMAL : Urgency.HIGH);
  }
}

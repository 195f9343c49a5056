package dev.syris.task.leak;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.AuditType;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.Json;
import dev.syris.platform.secret.SecretName;

/** The alarm: which secret, and where; never a part of its value. Pure. */
final class LeakAudits {

  private static final String TYPE = "secret_leak_detected";

  private LeakAudits() {}

  /** One id for each secret and place, so that a repeat is dropped by readers. */
  static AuditEvent of(SecretName secret, Place place) {
    String kind = place.kind().wire();
    String in = place.refs().values().toString();
    var id = new AuditId(Uuids.named("audit", TYPE, kind, in, secret.value()));
    var details =
        Json.object()
            .put("alarm_type", TYPE)
            .put("severity", "critical")
            .put("dedupe_key", TYPE + ":" + secret)
            .put("secret", secret.value())
            .put("found_in", kind);
    var audit =
        AuditEvent.of(AuditType.ALARM_RAISED, id, place.trace(), place.at())
            .actor(AuditActor.system("task-service"))
            .refs(place.refs())
            .details(details);
    if (place.tool() != null && place.action() != null) {
      audit.tool(place.tool(), place.action());
    }
    return audit.say(
        "The secret \"%s\" was found in clear in %s; give it a new value"
            .formatted(secret, place.kind().described()));
  }
}

package dev.syris.task.integration;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.Json;
import dev.syris.platform.outbox.OutboxRecord;
import java.time.Instant;

/** What the trail is told of integrations. Pure. */
final class IntegrationAudit {

  private IntegrationAudit() {}

  /** Who does it, in which trace, when. */
  record Deed(AuditId id, AuditActor actor, TraceId trace, Instant at) {}

  static OutboxRecord switched(String integrationId, boolean enabled, Deed deed) {
    AuditEvent event =
        AuditEvent.operatorAction(
                "integration", enabled ? "enable" : "disable", deed.id(), deed.trace(), deed.at())
            .actor(deed.actor())
            .refs(Refs.NONE.with("integration_id", integrationId))
            .details(Json.object().put("enabled", enabled))
            .say(
                "The integration %s was %s"
                    .formatted(integrationId, enabled ? "enabled" : "disabled"));
    return OutboxRecord.audit(event);
  }
}

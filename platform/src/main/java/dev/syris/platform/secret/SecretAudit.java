package dev.syris.platform.secret;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.AuditEventBuilder;
import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.Json;
import dev.syris.platform.outbox.OutboxRecord;
import java.time.Instant;
import java.util.UUID;

/** What the trail is told about secrets: names and key ids, never a value. Pure. */
final class SecretAudit {

  private static final AuditActor OPERATOR = new AuditActor("operator", "cli");

  private SecretAudit() {}

  static OutboxRecord set(SecretName name, String keyId, UUID audit, UUID trace, Instant at) {
    return OutboxRecord.audit(
        of("set", audit, trace, at)
            .refs(Refs.NONE.with("secret", name))
            .details(Json.object().put("name", name.value()).put("key_id", keyId))
            .say("The secret \"%s\" was set".formatted(name)));
  }

  static OutboxRecord removed(SecretName name, UUID audit, UUID trace, Instant at) {
    return OutboxRecord.audit(
        of("remove", audit, trace, at)
            .refs(Refs.NONE.with("secret", name))
            .details(Json.object().put("name", name.value()))
            .say("The secret \"%s\" was removed".formatted(name)));
  }

  static OutboxRecord rotated(String keyId, int resealed, UUID audit, UUID trace, Instant at) {
    return OutboxRecord.audit(
        of("rotate", audit, trace, at)
            .details(Json.object().put("key_id", keyId).put("resealed", resealed))
            .say(
                "The key of the secrets is %s now; %d were sealed anew"
                    .formatted(keyId, resealed)));
  }

  private static AuditEventBuilder of(String verb, UUID audit, UUID trace, Instant at) {
    return AuditEvent.operatorAction("secret", verb, new AuditId(audit), new TraceId(trace), at)
        .actor(OPERATOR);
  }
}

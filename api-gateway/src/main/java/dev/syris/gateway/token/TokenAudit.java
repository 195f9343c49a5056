package dev.syris.gateway.token;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.AuditType;
import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import dev.syris.platform.outbox.OutboxRecord;
import java.time.Instant;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** What the trail is told about tokens. Never a secret or a hash. */
final class TokenAudit {

  private TokenAudit() {}

  /** Who does it, in which trace, when. */
  record Deed(AuditActor actor, TraceId trace, Instant at) {}

  static OutboxRecord created(Token token, Deed deed) {
    return of("create", "The token \"" + token.name() + "\" was made", token, deed);
  }

  static OutboxRecord deleted(Token token, Deed deed) {
    return of("delete", "The token \"" + token.name() + "\" was taken back", token, deed);
  }

  private static OutboxRecord of(String verb, String sentence, Token token, Deed deed) {
    String type = AuditType.operatorAction("token", verb);
    var id = new AuditId(Uuids.named("audit", type, token.id().toString()));
    AuditEvent event =
        AuditEvent.operatorAction("token", verb, id, deed.trace(), deed.at())
            .actor(deed.actor())
            .refs(Refs.NONE.with("token_id", token.id()))
            .details(details(token))
            .say(sentence);
    return OutboxRecord.audit(event);
  }

  private static ObjectNode details(Token token) {
    ObjectNode details = Json.object();
    details.put("name", token.name());
    details.put("origin", token.origin().name().toLowerCase(Locale.ROOT));
    var scopes = details.putArray("scopes");
    token.scopes().stream().sorted().forEach(scopes::add);
    if (token.toolScopes() != null) {
      var toolScopes = details.putArray("tool_scopes");
      token.toolScopes().forEach(toolScopes::add);
    }
    if (token.expiresAt() != null) {
      details.put("expires_at", InstantCodec.format(token.expiresAt()));
    }
    return details;
  }
}

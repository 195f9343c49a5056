package dev.syris.gateway.ledger.sink;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.AuditType;
import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.Json;
import dev.syris.gateway.ledger.chain.AuditRecord;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** What the trail says of a gap. Who reads {@code api.ledger_gap_open} raises the alarm. Pure. */
final class GapAudit {

  private static final AuditActor LEDGER = AuditActor.system("ledger");

  private GapAudit() {}

  /** Derived from where it is in the trail: the same gap may come twice, the same place can't. */
  static UUID id(Gap gap, long headSequence) {
    return Uuids.named(
        "ledger.gap",
        gap.after().partition().topic(),
        Integer.toString(gap.after().partition().partition()),
        Long.toString(headSequence));
  }

  static AuditRecord of(Gap gap, UUID gapId, Instant at) {
    var trace = new TraceId(Uuids.named("trace", "ledger.gap", gapId.toString()));
    var auditId = new AuditId(Uuids.named("audit", "ledger.gap", gapId.toString()));
    AuditEvent told =
        AuditEvent.of(AuditType.LEDGER_GAP, auditId, trace, at)
            .actor(LEDGER)
            .refs(Refs.NONE.with("gap_id", gapId))
            .details(details(gap))
            .say(gap.told());
    return AuditRecord.of(told, at);
  }

  private static ObjectNode details(Gap gap) {
    return Json.object()
        .put("kind", gap.kind().wire())
        .put("topic", gap.after().partition().topic())
        .put("partition", gap.after().partition().partition())
        .put("expected_offset", gap.before().nextOffset())
        .put("resumed_offset", gap.after().nextOffset())
        .put("topic_id_before", gap.before().topicId())
        .put("topic_id", gap.after().topicId());
  }
}

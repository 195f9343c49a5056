package dev.syris.gateway.ledger.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.json.Json;
import dev.syris.gateway.ledger.chain.AuditRecord;
import dev.syris.gateway.ledger.chain.Chain;
import dev.syris.gateway.ledger.chain.ChainHead;
import dev.syris.gateway.ledger.chain.ChainRow;
import dev.syris.gateway.ledger.reading.MalformedRecordException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RuleCountTest {

  private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");

  @Test
  void shouldCountFiringsAndReasonsByRule() throws Exception {
    // Given
    List<ChainRow> rows =
        rows(
            record("rule.triggered", "doors", null, AT.plusSeconds(2)),
            record("rule.triggered", "doors", null, AT),
            record("rule.suppressed", "doors", "debounce", AT),
            record("rule.suppressed", "lights", "debounce", AT),
            record("tool_call.blocked", "doors", "debounce", AT));
    // When / Then
    assertThat(RuleCount.of(rows))
        .containsExactly(
            new RuleCount("doors", "", 2, AT.plusSeconds(2)),
            new RuleCount("doors", "debounce", 1, AT),
            new RuleCount("lights", "debounce", 1, AT));
  }

  @Test
  void shouldCountNothingNoRuleCanHaveSaid() throws Exception {
    // Given
    List<ChainRow> rows =
        rows(
            record("rule.triggered", "no rule", null, AT),
            record("rule.triggered", "x".repeat(65), null, AT),
            record("rule.suppressed", "doors", null, AT),
            record("rule.suppressed", "doors", "", AT),
            record("rule.suppressed", "doors", "Because!", AT));
    // When / Then
    assertThat(RuleCount.of(rows)).isEmpty();
  }

  private static List<ChainRow> rows(ObjectNode... records) throws MalformedRecordException {
    var audits = new ArrayList<AuditRecord>();
    for (ObjectNode json : records) {
      audits.add(AuditRecord.read(Json.bytes(json), AT));
    }
    return Chain.append(ChainHead.EMPTY, audits).rows();
  }

  private static ObjectNode record(String type, String rule, String reason, Instant at) {
    ObjectNode audit =
        Json.object()
            .put("audit_id", UUID.randomUUID().toString())
            .put("timestamp", at.toString())
            .put("trace_id", UUID.randomUUID().toString())
            .put("stage", "rule")
            .put("type", type)
            .put("summary", "it happened")
            .put("outcome", "info");
    audit.putObject("actor").put("type", "rule").put("id", rule);
    audit.putObject("refs").put("rule_id", rule);
    if (reason != null) {
      audit.putObject("details").put("reason", reason);
    }
    return audit;
  }
}

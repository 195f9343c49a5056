package dev.syris.task.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.routing.RiskLevel;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.tool.ToolCallStatus;
import dev.syris.task.gate.Gate;
import dev.syris.task.gate.Risk;
import dev.syris.task.support.Requests;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallAuditsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Risk RISK = Risk.assess(RiskLevel.LOW, List.of());
  private static final Findings FINDINGS =
      Findings.none(List.of("timer"))
          .needing(List.of("timer"))
          .judged(RISK, Gate.decide(AutonomyLevel.A2, RISK.level(), List.of()), "p1");

  private final CallAudits audits = new CallAudits();
  private final ToolCallRequest request = Requests.timer(60, "timer");

  @Test
  void shouldCarryTraceAndRefsAndFindingsWhenACallIsAttempted() {
    // When
    AuditEvent event = audits.attempted(request, FINDINGS, 1, "v1", NOW);
    // Then
    assertThat(event.type()).isEqualTo("tool_call.attempted");
    assertThat(event.traceId()).isEqualTo(request.traceId());
    assertThat(event.refs().get("event_id")).isEqualTo(request.eventId().toString());
    assertThat(event.refs().get("tool_call_id")).isEqualTo(request.toolCallId().toString());
    assertThat(event.tool()).isEqualTo("timer");
    assertThat(event.action()).isEqualTo("set");
    assertThat(event.connectorId()).isEqualTo("kitchen");
    assertThat(event.riskLevel()).isEqualTo(RiskLevel.LOW);
    assertThat(event.autonomyLevel()).isEqualTo("A2");
    assertThat(event.details().propertyNames())
        .containsExactlyInAnyOrder(
            "scope", "risk", "gate", "policy_version", "idempotency", "attempt", "tool_version");
  }

  @Test
  void shouldRepeatIdsForTheSameAttemptAndChangeThemForTheNext() {
    // When
    AuditEvent first = audits.attempted(request, FINDINGS, 1, "v1", NOW);
    AuditEvent repeated = audits.attempted(request, FINDINGS, 1, "v1", NOW.plusSeconds(9));
    AuditEvent second = audits.attempted(request, FINDINGS, 2, "v1", NOW);
    // Then
    assertThat(first.auditId()).isEqualTo(repeated.auditId()).isNotEqualTo(second.auditId());
  }

  @Test
  void shouldSayWhyAndHowLongWhenACallFailed() {
    // Given
    var outcome =
        new Settlement.Recorded(
            ToolCallStatus.FAILED,
            null,
            ErrorDetail.retryable("http.503", "the server is busy"),
            null);
    // When
    AuditEvent event = audits.ended(request, FINDINGS, 1, outcome, 42, NOW);
    // Then
    assertThat(event.type()).isEqualTo("tool_call.failed");
    assertThat(event.latencyMs()).isEqualTo(42);
    assertThat(event.summary()).isEqualTo("timer set failed: the server is busy");
    assertThat(Json.mapper().writeValueAsString(event.details().get("error")))
        .isEqualTo("{\"code\":\"http.503\",\"message\":\"the server is busy\",\"retryable\":true}");
  }
}

package dev.syris.contracts.audit;

import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.routing.RiskLevel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.node.ObjectNode;

/**
 * One thing that happened, told so that a person understands it.
 *
 * @param auditId name-based, so that a repeat of the work repeats the id and readers drop it
 * @param sequence place in the one chain; given by the ledger, absent on the topic
 * @param timestamp when it happened, by whoever says so
 * @param recordedAt append time on the audit topic; gives order and latencies; absent on the topic
 * @param summary one sentence
 * @param latencyMs how long the thing recorded took, in milliseconds
 * @param details small and redacted
 */
@JsonSerialize(using = AuditEventWriter.class)
public record AuditEvent(
    AuditId auditId,
    @Nullable Long sequence,
    Instant timestamp,
    @Nullable Instant recordedAt,
    TraceId traceId,
    Stage stage,
    String type,
    String summary,
    Outcome outcome,
    AuditActor actor,
    Refs refs,
    @Nullable Long latencyMs,
    @Nullable String tool,
    @Nullable String action,
    @Nullable String connectorId,
    @Nullable RiskLevel riskLevel,
    @Nullable String autonomyLevel,
    @Nullable String payloadRef,
    @Nullable ObjectNode details) {

  /** A record as the ledger tells it: with its place and the time it was appended. */
  public AuditEvent recorded(long sequence, Instant recordedAt) {
    return new AuditEvent(
        auditId,
        sequence,
        timestamp,
        recordedAt,
        traceId,
        stage,
        type,
        summary,
        outcome,
        actor,
        refs,
        latencyMs,
        tool,
        action,
        connectorId,
        riskLevel,
        autonomyLevel,
        payloadRef,
        details);
  }

  public static AuditEventBuilder of(AuditType type, AuditId id, TraceId trace, Instant at) {
    return new AuditEventBuilder(id, trace, at, type.wire(), type.stage(), type.outcome());
  }

  public static AuditEventBuilder operatorAction(
      String resource, String verb, AuditId id, TraceId trace, Instant at) {
    String type = AuditType.operatorAction(resource, verb);
    return new AuditEventBuilder(id, trace, at, type, Stage.OPERATOR, Outcome.SUCCESS);
  }
}

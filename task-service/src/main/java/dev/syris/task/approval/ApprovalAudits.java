package dev.syris.task.approval;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.AuditEventBuilder;
import dev.syris.contracts.audit.AuditType;
import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.id.ApprovalId;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import dev.syris.contracts.tool.ToolCallRequest;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the trail says of approvals. Ids are made from the approval, so that a repeat is dropped.
 */
final class ApprovalAudits {

  private static final int SUMMARY_LENGTH = 300;

  private ApprovalAudits() {}

  static AuditEvent required(NewApproval asked, Instant now) {
    ObjectNode details = Json.object();
    ObjectNode risk = details.putObject("risk").put("level", asked.risk().level().wire());
    asked.risk().reasons().forEach(risk.putArray("reasons")::add);
    ObjectNode gate =
        details
            .putObject("gate")
            .put("verdict", asked.gate().verdict().wire())
            .put("by_table", asked.gate().byTable().wire());
    asked.gate().reasons().forEach(gate.putArray("reasons")::add);
    details
        .put("what_hash", WhatHash.of(asked.request()))
        .put("tool_version", asked.terms().toolVersion())
        .put("policy_version", asked.terms().policyVersion())
        .put("expires_at", InstantCodec.format(asked.expiresAt()));
    if (asked.replaces() != null) {
      details.put("replaces", asked.replaces().toString());
    }
    return of(AuditType.GATE_REQUIRED, asked.id(), asked.request(), now)
        .actor(AuditActor.system("task-service"))
        .risk(asked.risk().level())
        .autonomy(asked.gate().level().name())
        .details(details)
        .say(shown("Approval is needed: " + asked.why()));
  }

  /** Latency is how long it waited for the answer. */
  static AuditEvent decided(
      AuditType type,
      ApprovalTable.Row row,
      ToolCallRequest request,
      Answer answer,
      AuditActor by,
      Instant now) {
    String verb =
        switch (type) {
          case GATE_APPROVED -> "approved";
          case GATE_DENIED -> "denied";
          default -> "not answered in time";
        };
    ObjectNode details = Json.object().put("channel", answer.channel());
    if (answer.reason() != null) {
      details.put("reason", answer.reason());
    }
    Duration waited = Duration.between(row.createdAt(), now);
    return of(type, row.id(), request, now)
        .actor(by)
        .latencyMs(waited.toMillis())
        .details(details)
        .say(
            shown(
                "%s %s was %s after %d s"
                    .formatted(request.tool(), request.action(), verb, waited.toSeconds())));
  }

  static AuditEvent operatorAction(
      String verb,
      AuditId id,
      ApprovalTable.Row row,
      ToolCallRequest request,
      Answer answer,
      AuditActor by,
      Instant now) {
    ObjectNode details = Json.object().put("channel", answer.channel());
    if (answer.reason() != null) {
      details.put("reason", answer.reason());
    }
    return AuditEvent.operatorAction("approval", verb, id, request.traceId(), now)
        .actor(by)
        .refs(refs(row.id(), request))
        .tool(request.tool(), request.action())
        .details(details)
        .say(
            shown(
                "An operator answered whether %s %s may be made: %s"
                    .formatted(request.tool(), request.action(), verb)));
  }

  private static AuditEventBuilder of(
      AuditType type, ApprovalId approval, ToolCallRequest request, Instant at) {
    var id = new AuditId(Uuids.named("audit", type.wire(), approval.toString()));
    return AuditEvent.of(type, id, request.traceId(), at)
        .refs(refs(approval, request))
        .tool(request.tool(), request.action());
  }

  private static Refs refs(ApprovalId approval, ToolCallRequest request) {
    return Refs.event(request.eventId())
        .toolCall(request.toolCallId())
        .with("approval_id", approval)
        .with("task_id", request.taskId())
        .with("step_id", request.stepId());
  }

  private static String shown(String text) {
    return StorableText.shown(text, SUMMARY_LENGTH);
  }
}

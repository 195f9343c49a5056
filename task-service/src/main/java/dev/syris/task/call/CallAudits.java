package dev.syris.task.call;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.AuditEventBuilder;
import dev.syris.contracts.audit.AuditType;
import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.Requester;
import dev.syris.contracts.tool.ToolCallRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the trail says of a call. Ids are made from call and attempt, so that a repeat is dropped by
 * readers. Pure.
 */
final class CallAudits {

  private static final int SUMMARY_LENGTH = 300;

  /** Code of a call that is not made because an equal one was, a moment ago. */
  static final String ANTIFLAP = "gate.antiflap_block";

  /** Code of a notification that is not sent because too many were. */
  static final String STORM = "gate.storm_block";

  AuditEvent attempted(
      ToolCallRequest request,
      Findings findings,
      int attempt,
      @Nullable String toolVersion,
      Instant at) {
    ObjectNode details = findings.describe();
    details
        .putObject("idempotency")
        .put("key", request.idempotencyKey())
        .put("finding", attempt == 1 ? "new" : "own");
    details.put("attempt", attempt);
    if (toolVersion != null) {
      details.put("tool_version", toolVersion);
    }
    String again = attempt == 1 ? "" : " again (attempt %d)".formatted(attempt);
    return of(AuditType.TOOL_CALL_ATTEMPTED, request, findings, attempt, at)
        .details(details)
        .say("%s was started%s".formatted(named(request), again));
  }

  /** The outcome of an attempt; latency in milliseconds from sending it. */
  AuditEvent ended(
      ToolCallRequest request,
      Findings findings,
      int attempt,
      Settlement.Recorded outcome,
      long latencyMs,
      Instant at) {
    AuditType type =
        switch (outcome.status()) {
          case SUCCEEDED -> AuditType.TOOL_CALL_SUCCEEDED;
          case FAILED -> AuditType.TOOL_CALL_FAILED;
          case UNKNOWN -> AuditType.TOOL_CALL_UNKNOWN;
          case RECEIVED, WAITING, STARTED, PREVIEWED, BLOCKED, DENIED, EXPIRED, CANCELED ->
              throw new IllegalArgumentException(outcome.status() + " is not how an attempt ends");
        };
    ObjectNode details = findings.describe();
    details.putObject("idempotency").put("key", request.idempotencyKey());
    details.put("attempt", attempt);
    String summary = outcome.summary();
    if (outcome.error() != null) {
      details.set("error", error(outcome.error()));
      String verb = type == AuditType.TOOL_CALL_UNKNOWN ? " has no known outcome: " : " failed: ";
      summary = named(request) + verb + outcome.error().message();
    }
    return of(type, request, findings, attempt, at)
        .latencyMs(latencyMs)
        .details(details)
        .say(shown(summary == null ? named(request) + " succeeded" : summary));
  }

  AuditEvent blocked(ToolCallRequest request, Findings findings, ErrorDetail error, Instant at) {
    ObjectNode details = findings.describe();
    details.set("error", error(error));
    AuditType type =
        switch (error.code()) {
          case ANTIFLAP -> AuditType.GATE_ANTIFLAP_BLOCK;
          case STORM -> AuditType.GATE_STORM_BLOCK;
          default -> AuditType.TOOL_CALL_BLOCKED;
        };
    return of(type, request, findings, 0, at)
        .details(details)
        .say(shown(named(request) + " was blocked: " + error.message()));
  }

  /** Nothing was done but to show it. */
  AuditEvent previewed(
      ToolCallRequest request, Findings findings, @Nullable String previewHash, Instant at) {
    ObjectNode details = findings.describe();
    if (previewHash != null) {
      details.put("preview_hash", previewHash);
    }
    return of(AuditType.TOOL_CALL_PREVIEWED, request, findings, 0, at)
        .details(details)
        .say(named(request) + " was not made, only what it would do is shown");
  }

  /** Nobody allowed it: it was asked for, and never started. */
  AuditEvent notAllowed(ToolCallRequest request, ErrorDetail error, Instant at) {
    ObjectNode details = Json.object();
    details.set("error", error(error));
    return of(AuditType.TOOL_CALL_FAILED, request, Findings.none(request.grantedScopes()), 0, at)
        .details(details)
        .say(shown(named(request) + " was not made: " + error.message()));
  }

  AuditEvent deduped(
      ToolCallRequest request, Findings findings, PendingCall.Holder holder, Instant at) {
    ObjectNode details = findings.describe();
    details
        .putObject("idempotency")
        .put("key", request.idempotencyKey())
        .put("finding", "known")
        .put("tool_call_id", holder.toolCallId().toString())
        .put("status", holder.status().wire());
    return of(AuditType.TOOL_CALL_DEDUPED, request, findings, 0, at)
        .details(details)
        .say(
            "%s was asked for before, as call %s, which is %s; it is not made twice"
                .formatted(named(request), holder.toolCallId(), holder.status().wire()));
  }

  /** The operator has to look at a call without an outcome. */
  AuditEvent alarm(
      ToolCallRequest request, Findings findings, int attempt, ErrorDetail error, Instant at) {
    ObjectNode details =
        findings
            .describe()
            .removeAll()
            .put("alarm_type", "tool_call.unknown")
            .put("severity", "error")
            .put("dedupe_key", UnknownOutcomes.alarmKey(request.toolCallId()));
    details.set("error", error(error));
    return of(AuditType.ALARM_RAISED, request, findings, attempt, at)
        .details(details)
        .say(shown("%s needs the operator: %s".formatted(named(request), error.message())));
  }

  private AuditEventBuilder of(
      AuditType type, ToolCallRequest request, Findings findings, int attempt, Instant at) {
    var id =
        new AuditId(
            Uuids.named(
                "audit", type.wire(), request.toolCallId().toString(), Integer.toString(attempt)));
    Refs refs =
        Refs.event(request.eventId())
            .toolCall(request.toolCallId())
            .with("task_id", request.taskId())
            .with("step_id", request.stepId());
    AuditEventBuilder builder =
        AuditEvent.of(type, id, request.traceId(), at)
            .actor(actor(request.requestedBy()))
            .refs(refs)
            .tool(request.tool(), request.action());
    AutonomyLevel level = findings.level();
    if (level != null) {
      builder.autonomy(level.name());
    }
    if (findings.risk() != null) {
      builder.risk(findings.risk().level());
    }
    if (request.requestedBy().type().equals("connector")) {
      builder.connector(request.requestedBy().id());
    }
    return builder;
  }

  /** Rules and tokens act in their own name; a connector and a task are acted for. */
  private static AuditActor actor(Requester requester) {
    return switch (requester.type()) {
      case "rule", "token" -> new AuditActor(requester.type(), requester.id());
      default -> AuditActor.system("task-service");
    };
  }

  private static ObjectNode error(ErrorDetail error) {
    ObjectNode described =
        Json.object()
            .put("code", error.code())
            .put("message", shown(error.message()))
            .put("retryable", error.retryable());
    if (error.details() != null) {
      described.set("details", error.details());
    }
    return described;
  }

  private static String named(ToolCallRequest request) {
    return shown(request.tool()) + " " + shown(request.action());
  }

  private static String shown(String text) {
    return StorableText.shown(text, SUMMARY_LENGTH);
  }
}

package dev.syris.contracts.audit;

import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.routing.RiskLevel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Fills in an {@link AuditEvent} whose type, id, trace and time are given. Not thread-safe. */
public final class AuditEventBuilder {

  private final AuditId id;
  private final TraceId trace;
  private final Instant at;
  private final String type;
  private final Stage stage;
  private Outcome outcome;
  private AuditActor actor = AuditActor.system("syris");
  private Refs refs = Refs.NONE;
  private @Nullable Long latencyMs;
  private @Nullable String tool;
  private @Nullable String action;
  private @Nullable String connectorId;
  private @Nullable RiskLevel riskLevel;
  private @Nullable String autonomyLevel;
  private @Nullable String payloadRef;
  private @Nullable ObjectNode details;

  AuditEventBuilder(
      AuditId id, TraceId trace, Instant at, String type, Stage stage, Outcome outcome) {
    this.id = id;
    this.trace = trace;
    this.at = at;
    this.type = type;
    this.stage = stage;
    this.outcome = outcome;
  }

  public AuditEventBuilder outcome(Outcome outcome) {
    this.outcome = outcome;
    return this;
  }

  public AuditEventBuilder actor(AuditActor actor) {
    this.actor = actor;
    return this;
  }

  public AuditEventBuilder refs(Refs refs) {
    this.refs = refs;
    return this;
  }

  public AuditEventBuilder latencyMs(long latencyMs) {
    this.latencyMs = latencyMs;
    return this;
  }

  public AuditEventBuilder tool(String tool, String action) {
    this.tool = tool;
    this.action = action;
    return this;
  }

  public AuditEventBuilder connector(String connectorId) {
    this.connectorId = connectorId;
    return this;
  }

  public AuditEventBuilder risk(RiskLevel riskLevel) {
    this.riskLevel = riskLevel;
    return this;
  }

  public AuditEventBuilder autonomy(String autonomyLevel) {
    this.autonomyLevel = autonomyLevel;
    return this;
  }

  public AuditEventBuilder payloadRef(@Nullable String payloadRef) {
    this.payloadRef = payloadRef;
    return this;
  }

  public AuditEventBuilder details(@Nullable ObjectNode details) {
    this.details = details;
    return this;
  }

  /** The record, with its one-sentence summary. */
  public AuditEvent say(String summary) {
    return new AuditEvent(
        id,
        null,
        at,
        null,
        trace,
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
}

package dev.syris.contracts.routing;

import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TraceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the router decided for one event, with all it rested on.
 *
 * @param decidedAt append time of the raw record: the decision is a function of the log, not of the
 *     clock
 * @param intent the fast path's intent, such as {@code timer.set}
 * @param confidence 1.0 for a deterministic match
 * @param settingValues what the settings the decision rests on said, by name, those that nobody
 *     made too; null where it rests on none, and in decisions from before this was kept
 * @param notes a sentence a person understands
 */
@JsonSerialize(using = RoutingDecisionWriter.class)
public record RoutingDecision(
    TraceId traceId,
    EventId eventId,
    Instant decidedAt,
    ExecutionMode executionMode,
    Match match,
    @Nullable String intent,
    @Nullable Double confidence,
    ObjectNode params,
    List<String> requiredScopes,
    RiskLevel riskLevel,
    Map<String, Long> ruleVersions,
    Map<String, Long> settingVersions,
    @Nullable Map<String, ObjectNode> settingValues,
    String notes) {

  /** What matched. {@code usedLlm} is always false: no model is asked. */
  public record Match(@Nullable String fastpath, List<String> ruleIds, boolean usedLlm) {

    public static final Match NOTHING = new Match(null, List.of(), false);
  }
}

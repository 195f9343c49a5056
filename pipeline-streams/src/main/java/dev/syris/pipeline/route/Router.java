package dev.syris.pipeline.route;

import dev.syris.contracts.connector.ConnectorSettings;
import dev.syris.contracts.event.Event;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.routing.ExecutionMode;
import dev.syris.contracts.routing.RiskLevel;
import dev.syris.contracts.routing.RoutingDecision;
import dev.syris.contracts.tool.Requester;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.pipeline.fastpath.FastMatch;
import dev.syris.pipeline.fastpath.FastPath;
import dev.syris.pipeline.fastpath.Intent;
import dev.syris.pipeline.flow.Arrival;
import dev.syris.pipeline.flow.Connectors;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Filters, then the fast path. No model is asked; what nothing matches is decided as {@code none}.
 * Pure: the decision is a function of the event and the configuration. Thread-safe.
 *
 * <p>Rules will run after the fast path, for every event that is no loop, from tables the caller
 * hands in.
 */
final class Router {

  private static final int FIRST_RUN = 0;

  private final Filters filters;
  private final FastPath fastPath;
  private final Connectors connectors;

  Router(Filters filters, FastPath fastPath, Connectors connectors) {
    this.filters = filters;
    this.fastPath = fastPath;
    this.connectors = connectors;
  }

  Routing route(Arrival arrival) {
    Event event = arrival.event();
    return switch (filters.check(event)) {
      case Filters.Verdict.Loop(int depth, int limit) -> new Routing.LoopBlocked(depth, limit);
      case Filters.Verdict.Spam(String actor) ->
          none(event, "Ignored: " + actor + " is on the list of spam actors");
      case Filters.Verdict.Pass _ -> match(arrival);
    };
  }

  private Routing match(Arrival arrival) {
    Event event = arrival.event();
    ConnectorSettings connector = connectors.settings(event.source().connectorId());
    String text = event.content().text();
    if (text == null) {
      return none(event, "Nothing matched: the event has no text");
    } else if (event.source().channel().reserved()) {
      return none(event, "Nothing matched: the fast path hears no channel of our own");
    } else if (!connector.fastPath()) {
      return none(event, "Nothing matched: the fast path is off for this connector");
    }
    return switch (fastPath.match(text, event.context())) {
      case FastMatch.Matched(Intent intent, ObjectNode args) -> fast(arrival, intent, args);
      case FastMatch.NearMiss(Intent intent, String why) ->
          none(event, "Nothing matched: it looked like " + intent.name() + ", but " + why);
      case FastMatch.Unmatched _ -> none(event, "Nothing matched");
    };
  }

  private Routing fast(Arrival arrival, Intent intent, ObjectNode args) {
    Event event = arrival.event();
    RoutingDecision decision =
        decision(
            event,
            ExecutionMode.FAST,
            intent,
            args,
            "The fast path read the text as " + intent.name());
    return new Routing.Decided(decision, call(arrival, intent, args));
  }

  private ToolCallRequest call(Arrival arrival, Intent intent, ObjectNode args) {
    Event event = arrival.event();
    String connectorId = event.source().connectorId();
    String key =
        Uuids.named(
                "idempotency",
                event.eventId().toString(),
                intent.name(),
                Integer.toString(FIRST_RUN))
            .toString();
    return new ToolCallRequest(
        new ToolCallId(Uuids.named("tool-call", key)),
        event.traceId(),
        event.eventId(),
        null,
        null,
        intent.tool(),
        intent.action(),
        args,
        key,
        new Requester("connector", connectorId),
        granted(arrival).grantedScopes(),
        event.correlation().depth(),
        event.ingestedAt());
  }

  /** An event whose door did not prove its connector has what an undeclared one has. */
  private ConnectorSettings granted(Arrival arrival) {
    return arrival.proven()
        ? connectors.settings(arrival.event().source().connectorId())
        : ConnectorSettings.UNDECLARED;
  }

  private static Routing none(Event event, String notes) {
    return new Routing.Decided(
        decision(event, ExecutionMode.NONE, null, Json.object(), notes), null);
  }

  private static RoutingDecision decision(
      Event event, ExecutionMode mode, @Nullable Intent intent, ObjectNode params, String notes) {
    return new RoutingDecision(
        event.traceId(),
        event.eventId(),
        event.ingestedAt(),
        mode,
        intent == null
            ? RoutingDecision.Match.NOTHING
            : new RoutingDecision.Match(intent.name(), List.of(), false),
        intent == null ? null : intent.name(),
        intent == null ? null : Double.valueOf(1.0),
        params,
        intent == null ? List.of() : intent.requiredScopes(),
        intent == null ? RiskLevel.LOW : intent.riskLevel(),
        Map.of(),
        Map.of(),
        notes);
  }
}

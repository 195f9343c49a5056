package dev.syris.pipeline.route;

import dev.syris.contracts.connector.ConnectorSettings;
import dev.syris.contracts.event.Event;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.tool.Requester;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.pipeline.control.Standing;
import dev.syris.pipeline.fastpath.FastMatch;
import dev.syris.pipeline.fastpath.FastPath;
import dev.syris.pipeline.fastpath.Intent;
import dev.syris.pipeline.flow.Arrival;
import dev.syris.pipeline.flow.Connectors;
import dev.syris.pipeline.rule.RuleMatch;
import dev.syris.pipeline.rule.RuleMatches;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Filters, then the fast path, and the rules for every event that is no loop and no spam. No model
 * is asked; what nothing matches is decided as {@code none}. Pure: the decision is a function of
 * the event, the configuration, and the rules and settings it is handed. Thread-safe.
 */
final class Router {

  private static final int FIRST_RUN = 0;
  private static final Lane UNMATCHED = new Lane.Unknown("");

  private final Filters filters;
  private final FastPath fastPath;
  private final Connectors connectors;

  Router(Filters filters, FastPath fastPath, Connectors connectors) {
    this.filters = filters;
    this.fastPath = fastPath;
    this.connectors = connectors;
  }

  /**
   * Decides.
   *
   * @param standing the rules and settings as they stand
   */
  Routing route(Arrival arrival, Standing standing) {
    Event event = arrival.event();
    return switch (filters.check(event)) {
      case Filters.Verdict.Loop(int depth, int limit) ->
          new Routing.LoopBlocked(depth, limit, arrival.chain().cycle());
      case Filters.Verdict.Spam(String actor) ->
          new Routing.Decided(
              Decisions.none(event, "Ignored: " + actor + " is on the list of spam actors"),
              null,
              List.of());
      case Filters.Verdict.Pass _ -> decided(arrival, standing);
    };
  }

  private Routing decided(Arrival arrival, Standing standing) {
    Lane lane = lane(arrival.event());
    List<RuleMatch> matches = RuleMatches.of(arrival, standing, granted(arrival).grantedScopes());
    return new Routing.Decided(
        Decisions.of(arrival.event(), lane, matches, standing),
        lane instanceof Lane.Fast(Intent intent, ObjectNode args)
            ? call(arrival, intent, args)
            : null,
        matches);
  }

  private Lane lane(Event event) {
    String text = event.content().text();
    if (text == null) {
      return new Lane.Unknown("the event has no text");
    } else if (event.source().channel().reserved()) {
      return new Lane.Unknown("the fast path hears no channel of our own");
    } else if (!connectors.settings(event.source().connectorId()).fastPath()) {
      return new Lane.Unknown("the fast path is off for this connector");
    }
    return switch (fastPath.match(text, event.context())) {
      case FastMatch.Matched(Intent intent, ObjectNode args) -> new Lane.Fast(intent, args);
      case FastMatch.NearMiss(Intent intent, String why) ->
          new Lane.Unknown("it looked like " + intent.name() + ", but " + why);
      case FastMatch.Unmatched _ -> UNMATCHED;
    };
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
}

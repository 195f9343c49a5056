package dev.syris.pipeline.route;

import dev.syris.contracts.routing.RoutingDecision;
import dev.syris.contracts.tool.ToolCallRequest;
import org.jspecify.annotations.Nullable;

/** What is to be done about an event. */
sealed interface Routing {

  /** A decision, and the call it leads to on the fast lane. */
  record Decided(RoutingDecision decision, @Nullable ToolCallRequest call) implements Routing {}

  /** Nothing: its chain of causes is too long. */
  record LoopBlocked(int depth, int limit) implements Routing {}
}

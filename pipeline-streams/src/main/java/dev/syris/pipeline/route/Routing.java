package dev.syris.pipeline.route;

import dev.syris.contracts.routing.RoutingDecision;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.pipeline.rule.RuleMatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be done about an event. */
sealed interface Routing {

  /** A decision, the call it leads to on the fast lane, and the rules that matched. */
  record Decided(RoutingDecision decision, @Nullable ToolCallRequest call, List<RuleMatch> matches)
      implements Routing {}

  /** Nothing: its chain of causes is too long. */
  record LoopBlocked(int depth, int limit, List<String> cycle) implements Routing {}
}

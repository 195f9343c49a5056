package dev.syris.pipeline.rule;

import dev.syris.pipeline.flow.CauseChain;
import dev.syris.rules.rule.Rule;
import dev.syris.rules.suppress.Match;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event met a rule's conditions. All that is needed to fire for it goes along, the rule as it
 * was then too: what comes of it depends on nothing but this and what the rule did before.
 *
 * @param event the event as JSON
 * @param grantedScopes what the event's connector may cause
 * @param chain the rules that led to the event
 */
public record RuleMatch(
    Rule rule, ObjectNode event, Match match, List<String> grantedScopes, CauseChain chain) {

  public RuleMatch {
    grantedScopes = List.copyOf(grantedScopes);
  }
}

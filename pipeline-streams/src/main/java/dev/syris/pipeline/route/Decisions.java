package dev.syris.pipeline.route;

import dev.syris.contracts.event.Event;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.routing.ExecutionMode;
import dev.syris.contracts.routing.RiskLevel;
import dev.syris.contracts.routing.RoutingDecision;
import dev.syris.pipeline.control.Standing;
import dev.syris.pipeline.fastpath.Intent;
import dev.syris.pipeline.rule.RuleMatch;
import dev.syris.pipeline.rule.RuleMatches;
import dev.syris.rules.rule.RuleAction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Puts what was found about an event into a decision. Pure. */
final class Decisions {

  private Decisions() {}

  static RoutingDecision of(Event event, Lane lane, List<RuleMatch> matches, Standing standing) {
    return switch (lane) {
      case Lane.Fast(Intent intent, ObjectNode args) ->
          new RoutingDecision(
              event.traceId(),
              event.eventId(),
              event.ingestedAt(),
              ExecutionMode.FAST,
              new RoutingDecision.Match(intent.name(), ids(matches), false),
              intent.name(),
              1.0,
              args,
              intent.requiredScopes(),
              intent.riskLevel(),
              ruleVersions(matches),
              settingVersions(matches, standing),
              settingValues(matches, standing),
              "The fast path read the text as "
                  + intent.name()
                  + (matches.isEmpty() ? "" : "; " + matched(matches)));
      case Lane.Unknown(String why) -> {
        if (matches.isEmpty()) {
          yield none(event, "Nothing matched" + (why.isEmpty() ? "" : ": " + why));
        }
        yield without(
            event,
            lane(matches),
            new RoutingDecision.Match(null, ids(matches), false),
            ruleVersions(matches),
            settingVersions(matches, standing),
            settingValues(matches, standing),
            capitalized(matched(matches)));
      }
    };
  }

  static RoutingDecision none(Event event, String notes) {
    return without(
        event, ExecutionMode.NONE, RoutingDecision.Match.NOTHING, Map.of(), Map.of(), null, notes);
  }

  private static RoutingDecision without(
      Event event,
      ExecutionMode mode,
      RoutingDecision.Match match,
      Map<String, Long> ruleVersions,
      Map<String, Long> settingVersions,
      @Nullable Map<String, ObjectNode> settingValues,
      String notes) {
    return new RoutingDecision(
        event.traceId(),
        event.eventId(),
        event.ingestedAt(),
        mode,
        match,
        null,
        null,
        Json.object(),
        List.of(),
        RiskLevel.LOW,
        ruleVersions,
        settingVersions,
        settingValues,
        notes);
  }

  /** A rule that starts a task makes it the task's lane; the rest are calls without one. */
  private static ExecutionMode lane(List<RuleMatch> matches) {
    return matches.stream()
            .flatMap(match -> match.rule().actions().stream())
            .anyMatch(RuleAction.StartTask.class::isInstance)
        ? ExecutionMode.TASK
        : ExecutionMode.FAST;
  }

  private static List<String> ids(List<RuleMatch> matches) {
    return matches.isEmpty()
        ? List.of()
        : matches.stream().map(match -> match.rule().ruleId()).toList();
  }

  private static Map<String, Long> ruleVersions(List<RuleMatch> matches) {
    if (matches.isEmpty()) {
      return Map.of();
    }
    var versions = new LinkedHashMap<String, Long>();
    matches.forEach(match -> versions.put(match.rule().ruleId(), match.rule().version()));
    return versions;
  }

  private static Map<String, Long> settingVersions(List<RuleMatch> matches, Standing standing) {
    return matches.isEmpty() ? Map.of() : RuleMatches.settingVersions(matches, standing);
  }

  private static @Nullable Map<String, ObjectNode> settingValues(
      List<RuleMatch> matches, Standing standing) {
    Map<String, ObjectNode> values =
        matches.isEmpty() ? Map.of() : RuleMatches.settingValues(matches, standing);
    return values.isEmpty() ? null : values;
  }

  private static String matched(List<RuleMatch> matches) {
    return matches.size() == 1
        ? "rule " + matches.getFirst().rule().ruleId() + " matched"
        : matches.size() + " rules matched";
  }

  private static String capitalized(String sentence) {
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }
}

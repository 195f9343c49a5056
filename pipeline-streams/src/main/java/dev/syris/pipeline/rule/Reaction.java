package dev.syris.pipeline.rule;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.AuditEventBuilder;
import dev.syris.contracts.audit.AuditType;
import dev.syris.contracts.audit.Outcome;
import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.control.RuleTripped;
import dev.syris.contracts.event.Event;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import dev.syris.contracts.topic.Topics;
import dev.syris.pipeline.flow.Output;
import dev.syris.pipeline.flow.Traces;
import dev.syris.rules.rule.Rule;
import dev.syris.rules.suppress.Decision;
import dev.syris.rules.suppress.History;
import dev.syris.rules.suppress.Suppression;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What becomes of a match: the rule fires or is held back, and the trail says so. Pure.
 *
 * @param after what is to be remembered of the rule
 */
record Reaction(List<Output> outputs, History after) {

  static Reaction to(RuleMatch match, Event event, History before) {
    Rule rule = match.rule();
    Decision decision = Suppression.decide(before, rule, match.match(), event.ingestedAt());
    History after = Suppression.evolve(before, rule, match.match(), event.ingestedAt(), decision);
    return new Reaction(
        switch (decision) {
          case Decision.Fired _ -> fired(match, event);
          case Decision.Suppressed suppressed -> heldBack(match, event, suppressed);
        },
        after);
  }

  private static List<Output> fired(RuleMatch match, Event event) {
    Rule rule = match.rule();
    Firing firing = Firing.of(match, event);
    int failures = firing.failed().size();
    ObjectNode details = details(match).put("action_count", rule.actions().size());
    details.set("actions", firing.done());
    if (failures > 0) {
      details.set("failures", firing.failed());
    }
    AuditEvent audit =
        start(AuditType.RULE_TRIGGERED, match, event)
            .outcome(failures == 0 ? Outcome.SUCCESS : Outcome.FAILURE)
            .details(details)
            .say(
                "Rule %s fired, %d of its %d actions follow"
                    .formatted(shown(rule), firing.done().size(), rule.actions().size()));
    var outputs = new ArrayList<Output>();
    outputs.add(told(audit, event));
    outputs.addAll(firing.outputs());
    return outputs;
  }

  private static List<Output> heldBack(
      RuleMatch match, Event event, Decision.Suppressed suppressed) {
    Rule rule = match.rule();
    ObjectNode details = details(match).put("reason", suppressed.reason().wire());
    String until = "";
    if (suppressed.until() != null) {
      details.put("until", InstantCodec.format(suppressed.until()));
      until = " until " + InstantCodec.format(suppressed.until());
    }
    AuditEvent audit =
        start(AuditType.RULE_SUPPRESSED, match, event)
            .details(details)
            .say(
                "Rule %s was held back (%s)%s"
                    .formatted(shown(rule), suppressed.reason().wire(), until));
    var outputs = new ArrayList<Output>();
    outputs.add(told(audit, event));
    if (suppressed.trips()) {
      outputs.add(tripped(rule, event));
    }
    return outputs;
  }

  private static Output tripped(Rule rule, Event event) {
    var tripped =
        new RuleTripped(
            rule.ruleId(),
            rule.version(),
            rule.name(),
            rule.restraint().maxPerMinute(),
            event.ingestedAt(),
            event.traceId(),
            event.eventId());
    return Output.of(
        Topics.RULE_TRIPPED,
        rule.ruleId(),
        tripped,
        Traces.headers(event.traceId(), event.eventId().value()));
  }

  private static ObjectNode details(RuleMatch match) {
    ObjectNode details = Json.object().put("rule_version", match.rule().version());
    return match.match().key().isEmpty() ? details : details.put("key", match.match().key());
  }

  private static AuditEventBuilder start(AuditType type, RuleMatch match, Event event) {
    Rule rule = match.rule();
    var id =
        new AuditId(Uuids.named("audit", type.wire(), event.eventId().toString(), rule.ruleId()));
    return AuditEvent.of(type, id, event.traceId(), event.ingestedAt())
        .actor(AuditActor.rule(rule.ruleId()))
        .refs(Refs.event(event.eventId()).with("rule_id", rule.ruleId()))
        .connector(event.source().connectorId());
  }

  private static Output told(AuditEvent audit, Event event) {
    return Output.of(
        Topics.AUDIT_EVENT,
        event.traceId().toString(),
        audit,
        Traces.headers(event.traceId(), event.eventId().value()));
  }

  private static String shown(Rule rule) {
    return '"' + StorableText.shown(rule.name(), 100) + '"';
  }
}

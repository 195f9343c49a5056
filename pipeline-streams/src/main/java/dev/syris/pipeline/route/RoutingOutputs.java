package dev.syris.pipeline.route;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.audit.AuditEventBuilder;
import dev.syris.contracts.audit.AuditType;
import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.event.Event;
import dev.syris.contracts.id.AuditId;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.routing.RoutingDecision;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.topic.Topic;
import dev.syris.contracts.topic.Topics;
import dev.syris.pipeline.flow.Arrival;
import dev.syris.pipeline.flow.Output;
import dev.syris.pipeline.flow.OutputTooLargeException;
import dev.syris.pipeline.flow.Traces;
import dev.syris.pipeline.rule.RuleMatch;
import dev.syris.pipeline.rule.RuleMatchCodec;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The records a routing is told in: the event, the decision, the call, and the trail in the order
 * things happened. The trail says nothing of the content. For one event.
 */
final class RoutingOutputs {

  private static final AuditActor PIPELINE = AuditActor.system("pipeline");

  /** What the matches of one event may have together, in bytes. */
  private static final int MAX_MATCHED = 8 * Topic.MAX_MESSAGE_BYTES;

  private final Event event;
  private final String trace;
  private final Headers headers;
  private final List<Output> outputs = new ArrayList<>(5);
  private int matched;

  private RoutingOutputs(Event event) {
    this.event = event;
    this.trace = event.traceId().toString();
    this.headers = Traces.headers(event.traceId(), event.eventId().value());
  }

  static List<Output> of(Arrival arrival, Routing routing) {
    var told = new RoutingOutputs(arrival.event());
    told.ordered(Topics.EVENT, arrival, arrival.event());
    told.audit(told.ingested());
    switch (routing) {
      case Routing.LoopBlocked blocked -> told.audit(told.loopBlocked(blocked));
      case Routing.Decided(var decision, var call, var matches) -> {
        told.ordered(Topics.ROUTING_DECISION, arrival, decision);
        told.audit(told.decided(decision, call));
        if (call != null) {
          told.outputs.add(Output.of(Topics.TOOL_CALL, told.trace, call, told.headers));
        }
        matches.forEach(told::match);
      }
    }
    return told.outputs;
  }

  private <V> void ordered(Topic<String, V> topic, Arrival arrival, V value) {
    outputs.add(Output.of(topic, arrival.orderingKey(), value, headers));
  }

  private void audit(AuditEvent record) {
    outputs.add(Output.of(Topics.AUDIT_EVENT, trace, record, headers));
  }

  private AuditEvent ingested() {
    var details =
        Json.object()
            .put("channel", event.source().channel().wire())
            .put("sensitivity", event.security().sensitivity().wire())
            .put("depth", event.correlation().depth());
    return start(AuditType.EVENT_INGESTED)
        .refs(refs())
        .details(details)
        .say(
            "An event from "
                + event.source().connectorId()
                + " came in on channel "
                + event.source().channel().wire());
  }

  /** To where its rule's history is. Bounded together, for they wait in memory. */
  private void match(RuleMatch match) {
    byte[] bytes = RuleMatchCodec.write(match);
    matched += bytes.length;
    if (matched > MAX_MATCHED) {
      throw new OutputTooLargeException("the rules an event meets", matched, MAX_MATCHED);
    }
    outputs.add(Output.of(Topics.RULE_MATCH, match.rule().ruleId(), bytes, headers));
  }

  private AuditEvent loopBlocked(Routing.LoopBlocked blocked) {
    ObjectNode details = Json.object().put("depth", blocked.depth()).put("limit", blocked.limit());
    String said =
        "An event was stopped: %d events led to it, and more than %d are taken for a loop"
            .formatted(blocked.depth(), blocked.limit());
    if (!blocked.cycle().isEmpty()) {
      blocked.cycle().forEach(details.putArray("cycle")::add);
      said += "; the rules that went round are " + String.join(" → ", blocked.cycle());
    }
    return start(AuditType.EVENT_LOOP_BLOCKED).refs(refs()).details(details).say(said);
  }

  private AuditEvent decided(RoutingDecision decision, @Nullable ToolCallRequest call) {
    AuditEventBuilder audit =
        start(AuditType.ROUTING_DECIDED).risk(decision.riskLevel()).details(details(decision));
    if (call == null) {
      return audit.refs(refs()).say(decision.notes());
    }
    return audit
        .refs(refs().toolCall(call.toolCallId()))
        .tool(call.tool(), call.action())
        .say(decision.notes() + "; it goes to tool " + call.tool() + ", action " + call.action());
  }

  private static ObjectNode details(RoutingDecision decision) {
    var details = Json.object().put("execution_mode", decision.executionMode().wire());
    if (decision.intent() != null) {
      details.put("intent", decision.intent());
      decision.requiredScopes().forEach(details.putArray("required_scopes")::add);
    }
    if (!decision.match().ruleIds().isEmpty()) {
      decision.match().ruleIds().forEach(details.putArray("rule_ids")::add);
    }
    return details;
  }

  private Refs refs() {
    return Refs.event(event.eventId()).with("parent_event_id", event.correlation().parentEventId());
  }

  private AuditEventBuilder start(AuditType type) {
    var id = new AuditId(Uuids.named("audit", type.wire(), event.eventId().toString()));
    return AuditEvent.of(type, id, event.traceId(), event.ingestedAt())
        .actor(PIPELINE)
        .connector(event.source().connectorId());
  }
}

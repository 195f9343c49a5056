package dev.syris.pipeline.rule;

import dev.syris.contracts.event.Event;
import dev.syris.contracts.event.RawEvent;
import dev.syris.contracts.event.RawEventReader;
import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TaskId;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.task.TaskRequest;
import dev.syris.contracts.tool.Requester;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.topic.Headers;
import dev.syris.contracts.topic.RawEventHeaders;
import dev.syris.contracts.topic.Topic;
import dev.syris.contracts.topic.Topics;
import dev.syris.pipeline.flow.Output;
import dev.syris.pipeline.flow.OutputTooLargeException;
import dev.syris.pipeline.flow.Traces;
import dev.syris.rules.problem.Problem;
import dev.syris.rules.rule.RuleAction;
import dev.syris.rules.template.Rendering;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a rule that fires does: its actions filled in for the event. All ids are made from event,
 * rule and place of the action. For one match.
 */
final class Firing {

  /** What an action may come to before it is measured for its topic, in bytes. */
  private static final int MAX_RENDERED = 2 * Topic.MAX_MESSAGE_BYTES;

  /** What all actions of one firing may have together. */
  private static final int MAX_TOGETHER = 4 * Topic.MAX_MESSAGE_BYTES;

  private static final String NOTIFY_TOOL = "notify";
  private static final String NOTIFY_ACTION = "send";
  private static final String FIRST_RUN = "0";

  private final RuleMatch match;
  private final Event event;
  private final String ruleId;
  private final Requester requester;
  private final List<Output> outputs = new ArrayList<>();
  private final ArrayNode done = Json.mapper().createArrayNode();
  private final ArrayNode failed = Json.mapper().createArrayNode();
  private int together;

  private Firing(RuleMatch match, Event event) {
    this.match = match;
    this.event = event;
    this.ruleId = match.rule().ruleId();
    this.requester = new Requester("rule", ruleId);
  }

  /**
   * Does all actions.
   *
   * @throws OutputTooLargeException where one of them would not fit into a message
   */
  static Firing of(RuleMatch match, Event event) {
    var firing = new Firing(match, event);
    List<RuleAction> actions = match.rule().actions();
    for (int i = 0; i < actions.size(); i++) {
      firing.act(actions.get(i), i);
    }
    return firing;
  }

  List<Output> outputs() {
    return outputs;
  }

  /** Type and id of what each action led to. */
  ArrayNode done() {
    return done;
  }

  /** The actions that could not be filled in, and why. */
  ArrayNode failed() {
    return failed;
  }

  private void act(RuleAction action, int index) {
    switch (action.body().render(match.event(), MAX_RENDERED)) {
      case Rendering.Failed(List<Problem> problems) ->
          failed
              .addObject()
              .put("action", index)
              .put("type", action.type())
              .put("problem", problems.getFirst().pointer() + " " + problems.getFirst().message());
      case Rendering.Rendered(JsonNode value) -> {
        var body = (ObjectNode) value;
        switch (action) {
          case RuleAction.EmitEvent emit -> emit(emit, body, index);
          case RuleAction.StartTask task -> startTask(task, body, index);
          case RuleAction.CallTool call -> callTool(call.tool(), call.action(), body, index);
          case RuleAction.Notify _ -> callTool(NOTIFY_TOOL, NOTIFY_ACTION, texts(body), index);
        }
      }
    }
  }

  private void emit(RuleAction.EmitEvent action, ObjectNode said, int index) {
    var id =
        new EventId(
            Uuids.named("rule-event", event.eventId().toString(), ruleId, Integer.toString(index)));
    ObjectNode raw =
        Json.object()
            .put("channel", action.channel().wire())
            .put("connector_id", ruleId)
            .put("message_id", id.toString())
            .put("occurred_at", InstantCodec.format(event.ingestedAt()))
            .put("sensitivity", event.security().sensitivity().wire());
    raw.putObject("actor").put("type", "system").put("id", ruleId);
    if (said.hasNonNull("text")) {
      raw.put("text", text(said.get("text")));
    }
    if (said.has("structured")) {
      raw.set("structured", said.get("structured"));
    }
    byte[] bytes = Json.bytes(raw);
    if (bytes.length > RawEventReader.MAX_BYTES) {
      throw new OutputTooLargeException(
          Topics.RAW_EVENT.name(), bytes.length, RawEventReader.MAX_BYTES);
    }
    var headers = Traces.headers(event.traceId(), id.value());
    Headers.put(headers, RawEventHeaders.EVENT_ID, id.toString());
    Headers.put(headers, RawEventHeaders.TRACE_ID, event.traceId().toString());
    Headers.put(headers, RawEventHeaders.PARENT_EVENT_ID, event.eventId().toString());
    int depth = event.correlation().depth() + 1;
    Headers.put(headers, RawEventHeaders.DEPTH, Integer.toString(depth));
    Headers.put(
        headers,
        RawEventHeaders.CAUSE_CHAIN,
        match.chain().with(ruleId, event.eventId()).toString());
    byte[] key = RawEvent.orderingKey(ruleId, null).getBytes(StandardCharsets.UTF_8);
    add(new Output(Topics.RAW_EVENT, key, bytes, headers), action.type(), "event_id", id);
  }

  private void callTool(String tool, String action, ObjectNode args, int index) {
    String key = idempotencyKey(index);
    var id = new ToolCallId(Uuids.named("tool-call", key));
    var call =
        new ToolCallRequest(
            id,
            event.traceId(),
            event.eventId(),
            null,
            null,
            tool,
            action,
            args,
            key,
            requester,
            match.grantedScopes(),
            event.correlation().depth(),
            event.ingestedAt());
    told(Topics.TOOL_CALL, call, match.rule().actions().get(index).type(), "tool_call_id", id);
  }

  private void startTask(RuleAction.StartTask action, ObjectNode input, int index) {
    var id = new TaskId(Uuids.named("task", idempotencyKey(index)));
    var request =
        new TaskRequest(
            id,
            event.traceId(),
            event.eventId(),
            action.template(),
            input,
            match.event(),
            requester,
            match.grantedScopes(),
            event.correlation().depth(),
            event.ingestedAt());
    told(Topics.TASK_REQUEST, request, action.type(), "task_id", id);
  }

  private <V> void told(Topic<String, V> topic, V value, String type, String idName, Object id) {
    UUID span = event.eventId().value();
    add(
        Output.of(topic, event.traceId().toString(), value, Traces.headers(event.traceId(), span)),
        type,
        idName,
        id);
  }

  private void add(Output output, String type, String idName, Object id) {
    together += output.value().length;
    if (together > MAX_TOGETHER) {
      throw new OutputTooLargeException("the actions of " + ruleId, together, MAX_TOGETHER);
    }
    outputs.add(output);
    done.addObject().put("type", type).put(idName, id.toString());
  }

  private String idempotencyKey(int index) {
    return Uuids.named(
            "idempotency",
            event.eventId().toString(),
            "rule",
            ruleId,
            Integer.toString(index),
            FIRST_RUN)
        .toString();
  }

  /**
   * A text that is one reference becomes what it finds; where a text is wanted, it is one again.
   */
  private static ObjectNode texts(ObjectNode body) {
    ObjectNode texts = Json.object();
    body.properties().forEach(member -> texts.put(member.getKey(), text(member.getValue())));
    return texts;
  }

  private static String text(JsonNode value) {
    return value.isContainer() ? Json.mapper().writeValueAsString(value) : value.asString("");
  }
}

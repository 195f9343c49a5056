package dev.syris.task.notify;

import dev.syris.contracts.id.TraceParent;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.routing.RiskLevel;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.platform.secret.SecretReferences;
import dev.syris.task.http.HttpRequests;
import dev.syris.task.tool.ActionDefinition;
import dev.syris.task.tool.ActionDefinition.Effect;
import dev.syris.task.tool.ActionDefinition.Traits;
import dev.syris.task.tool.InputSchema;
import dev.syris.task.tool.Invocation;
import dev.syris.task.tool.Preview;
import dev.syris.task.tool.Previewing;
import dev.syris.task.tool.ToolAction;
import dev.syris.task.tool.ToolAnswer;
import dev.syris.task.tool.ToolDefinition;
import dev.syris.task.tool.ToolProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends the operator a message. */
final class NotifyTool implements ToolProvider {

  private static final String TITLE = "SYRIS";
  private static final int MAX_MESSAGE = 4_000;
  private static final String SCHEMA =
      """
      {
        "type": "object",
        "description": "Sends a message to one of syris.notify.targets",
        "properties": {
          "message": {"description": "a text of at most 4000 characters; may be {\\"$secret\\": \\"connector/key\\"}"},
          "target": {"type": "string", "minLength": 1, "maxLength": 64, "description": "the id of a target"},
          "urgency": {"type": "string", "enum": ["normal", "high"], "description": "normal where not given"}
        },
        "required": ["message", "target"],
        "additionalProperties": false
      }
      """;

  private final Targets targets;

  NotifyTool(Targets targets) {
    this.targets = targets;
  }

  @Override
  public ToolDefinition definition() {
    return new ToolDefinition(
        "notify",
        "the target",
        List.of(
            new ActionDefinition(
                "send",
                RiskLevel.MEDIUM,
                List.of("notify"),
                Effect.ONCE,
                Duration.ofSeconds(30),
                InputSchema.parse(SCHEMA),
                args -> new Traits(RiskLevel.MEDIUM, targets.effect(target(args))))),
        new ToolDefinition.IntegrationDefinition("notify", "notify"));
  }

  @Override
  public String target(String action, ObjectNode args) {
    return target(args);
  }

  @Override
  public Map<String, ToolAction> actions() {
    return Map.of("send", Previewing.calling(this::preview, this::send));
  }

  private static String target(ObjectNode args) {
    return args.path("target").asString("");
  }

  private Optional<ObjectNode> request(ObjectNode args) {
    Urgency urgency = Urgency.of(args.path("urgency").asString(Urgency.NORMAL.wire()));
    ObjectNode more = Json.object().put("kind", "message");
    return targets.request(
        target(args), new Message(TITLE, args.path("message"), urgency, null, more));
  }

  private Preview preview(Invocation by) {
    return Preview.of(
        request(by.args())
            .map(request -> HttpRequests.describe(request, by.idempotencyKey()))
            .orElseGet(() -> by.args().deepCopy()));
  }

  private ToolAnswer send(Invocation by) throws InterruptedException {
    Optional<ObjectNode> request = request(by.args());
    ErrorDetail fault = request.isEmpty() ? unknownTarget() : fault(by.args().path("message"));
    if (request.isEmpty() || fault != null) {
      return new ToolAnswer.Failed(fault == null ? unknownTarget() : fault);
    }
    Preview preview = preview(by);
    String traceparent = TraceParent.format(by.traceId(), by.toolCallId().value());
    return preview.sent(
        targets.send(target(by.args()), request.get(), preview.request(), traceparent));
  }

  private ErrorDetail unknownTarget() {
    List<String> known = List.copyOf(targets.ids());
    return ErrorDetail.permanent(
        "notify.unknown_target",
        known.isEmpty()
            ? "there are no targets; add one to syris.notify.targets"
            : "there is no such target; there are " + String.join(", ", known));
  }

  private static @Nullable ErrorDetail fault(JsonNode message) {
    boolean text =
        message.isString()
            && !message.asString().isBlank()
            && message.asString().length() <= MAX_MESSAGE;
    return text || SecretReferences.isReference(message)
        ? null
        : ErrorDetail.permanent(
            "notify.message_invalid",
            "the message must be a text of 1 to %d characters".formatted(MAX_MESSAGE));
  }
}

package dev.syris.task.timer;

import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.routing.RiskLevel;
import dev.syris.task.schedule.Cause;
import dev.syris.task.schedule.Schedules;
import dev.syris.task.tool.ActionDefinition;
import dev.syris.task.tool.ActionDefinition.Effect;
import dev.syris.task.tool.InputSchema;
import dev.syris.task.tool.Invocation;
import dev.syris.task.tool.ToolAction;
import dev.syris.task.tool.ToolAnswer;
import dev.syris.task.tool.ToolDefinition;
import dev.syris.task.tool.ToolProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sets timers. A timer runs from when it was asked for, not from when its turn came: what was asked
 * for while the service was down is due when its user expects it, or at once.
 */
public final class TimerTool implements ToolProvider {

  private static final ToolDefinition DEFINITION =
      new ToolDefinition(
          "timer",
          "timer",
          List.of(
              new ActionDefinition(
                  "set",
                  RiskLevel.LOW,
                  List.of("timer"),
                  Effect.IDEMPOTENT,
                  Duration.ofSeconds(5),
                  InputSchema.parse(
                      """
                      {
                        "type": "object",
                        "description": "Sends an event after some time",
                        "properties": {
                          "seconds": {"type": "integer", "minimum": 1, "maximum": 31536000,
                                      "description": "from now until it fires; at most 365 days"},
                          "label": {"type": "string", "minLength": 1, "maxLength": 10000,
                                    "description": "what the event says"}
                        },
                        "required": ["seconds"],
                        "additionalProperties": false
                      }
                      """))));

  private final Schedules schedules;

  public TimerTool(Schedules schedules) {
    this.schedules = schedules;
  }

  @Override
  public ToolDefinition definition() {
    return DEFINITION;
  }

  @Override
  public Map<String, ToolAction> actions() {
    return Map.of("set", (ToolAction.Transactional) this::set);
  }

  private ToolAnswer set(Invocation by) {
    long seconds = by.args().get("seconds").decimalValue().longValueExact();
    JsonNode given = by.args().get("label");
    String label = given == null ? null : given.asString();
    UUID timerId = Uuids.named("timer", by.toolCallId().toString());
    Instant due = by.requestedAt().plusSeconds(seconds);
    schedules.timer(
        new Schedules.Once(
            timerId.toString(),
            label == null ? Spans.words(seconds) : label,
            due,
            payload(timerId, label, seconds, due),
            new Cause(by.traceId(), by.eventId(), by.depth())),
        by.toolCallId());
    ObjectNode output =
        Json.object()
            .put("timer_id", timerId.toString())
            .put("seconds", seconds)
            .put("due_at", InstantCodec.format(due));
    String named = label == null ? "" : " \"" + label + '"';
    return new ToolAnswer.Succeeded(
        output,
        "Set a timer%s for %s, due at %s"
            .formatted(named, Spans.words(seconds), InstantCodec.format(due)));
  }

  /** What its event says. */
  static ObjectNode payload(UUID timerId, @Nullable String label, long seconds, Instant due) {
    ObjectNode structured = Json.object().put("timer_id", timerId.toString());
    if (label != null) {
      structured.put("label", label);
    }
    structured.put("seconds", seconds).put("due_at", InstantCodec.format(due));
    String text = label == null ? "The time of %s is up".formatted(Spans.words(seconds)) : label;
    return Json.object().put("text", text).set("structured", structured);
  }
}

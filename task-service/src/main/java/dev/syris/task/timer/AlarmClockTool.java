package dev.syris.task.timer;

import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import dev.syris.contracts.routing.RiskLevel;
import dev.syris.contracts.tool.ErrorDetail;
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
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Says something when the clock next shows a time; counted from when it was asked for. */
final class AlarmClockTool implements ToolProvider {

  private static final DateTimeFormatter SAID =
      DateTimeFormatter.ofPattern("EEEE d MMMM, HH:mm", Locale.ENGLISH);

  private static final ToolDefinition DEFINITION =
      new ToolDefinition(
          "alarm",
          "alarm",
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
                        "description": "Sends an event when the clock next shows a time",
                        "properties": {
                          "time": {"type": "string", "minLength": 5, "maxLength": 5,
                                   "description": "on the 24-hour clock, such as 07:15"},
                          "date": {"type": "string", "minLength": 5, "maxLength": 10,
                                   "description": "today, tomorrow or such as 2026-01-31; the next such time where absent"},
                          "timezone": {"type": "string", "minLength": 1, "maxLength": 100,
                                       "description": "an IANA time zone; the system's where absent"},
                          "label": {"type": "string", "minLength": 1, "maxLength": 10000,
                                    "description": "what the event says"}
                        },
                        "required": ["time"],
                        "additionalProperties": false
                      }
                      """))));

  private final Schedules schedules;
  private final ZoneId zone;

  /**
   * @param zone of times that name none
   */
  AlarmClockTool(Schedules schedules, ZoneId zone) {
    this.schedules = schedules;
    this.zone = zone;
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
    ObjectNode args = by.args();
    ZoneId named;
    Instant due;
    try {
      named = args.has("timezone") ? ZoneId.of(args.get("timezone").asString()) : zone;
      due =
          WakeTimes.next(
              LocalTime.parse(args.get("time").asString()),
              text(args, "date"),
              by.requestedAt(),
              named);
    } catch (DateTimeException e) {
      return new ToolAnswer.Failed(
          ErrorDetail.permanent(
              "alarm.time",
              "no such time: " + StorableText.shown(String.valueOf(e.getMessage()), 200)));
    }
    return due.isAfter(by.requestedAt()) ? set(by, due, named) : past(due);
  }

  private static ToolAnswer past(Instant due) {
    return new ToolAnswer.Failed(
        ErrorDetail.permanent("alarm.past", "that was at %s; name a time to come".formatted(due)));
  }

  private ToolAnswer set(Invocation by, Instant due, ZoneId named) {
    UUID alarmId = Uuids.named("alarm", by.toolCallId().toString());
    String label = text(by.args(), "label");
    String shown = SAID.format(due.atZone(named));
    ObjectNode structured = Json.object().put("alarm_clock_id", alarmId.toString());
    if (label != null) {
      structured.put("label", label);
    }
    structured.put("due_at", InstantCodec.format(due)).put("timezone", named.getId());
    ObjectNode payload = Json.object().put("text", label == null ? "It is " + shown : label);
    payload.set("structured", structured);
    schedules.alarm(
        new Schedules.Once(
            alarmId.toString(),
            label == null ? shown : label,
            due,
            payload,
            new Cause(by.traceId(), by.eventId(), by.depth())),
        named,
        by.toolCallId());
    ObjectNode output =
        Json.object()
            .put("alarm_clock_id", alarmId.toString())
            .put("due_at", InstantCodec.format(due))
            .put("timezone", named.getId());
    return new ToolAnswer.Succeeded(
        output, "Set an alarm for %s (%s)".formatted(shown, named.getId()));
  }

  private static @Nullable String text(ObjectNode args, String name) {
    JsonNode given = args.get(name);
    return given == null ? null : given.asString();
  }
}

package dev.syris.task.timer;

import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.routing.RiskLevel;
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
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells what is coming: schedules, timers and alarm clocks. */
final class ScheduleTool implements ToolProvider {

  private static final int MOST = 50;

  private static final ToolDefinition DEFINITION =
      new ToolDefinition(
          "schedule",
          "schedule",
          List.of(
              new ActionDefinition(
                  "list",
                  RiskLevel.LOW,
                  List.of("status"),
                  Effect.READ_ONLY,
                  Duration.ofSeconds(5),
                  InputSchema.parse(
                      """
                      {"type": "object", "description": "Tells what is run next, soonest first; at most 50", "additionalProperties": false}
                      """))));

  private final Schedules schedules;

  ScheduleTool(Schedules schedules) {
    this.schedules = schedules;
  }

  @Override
  public ToolDefinition definition() {
    return DEFINITION;
  }

  @Override
  public Map<String, ToolAction> actions() {
    return Map.of("list", (ToolAction.Transactional) this::list);
  }

  private ToolAnswer list(Invocation by) {
    List<Schedules.Coming> coming = schedules.coming(MOST);
    ObjectNode output = Json.object();
    ArrayNode items = output.putArray("items");
    for (Schedules.Coming one : coming) {
      items
          .addObject()
          .put("schedule_id", one.id())
          .put("kind", one.kind())
          .put("name", one.name())
          .put("next_run_at", InstantCodec.format(one.at()));
    }
    String summary =
        coming.isEmpty()
            ? "Nothing is scheduled"
            : "%d scheduled; next is \"%s\" at %s"
                .formatted(
                    coming.size(),
                    coming.getFirst().name(),
                    InstantCodec.format(coming.getFirst().at()));
    return new ToolAnswer.Succeeded(output, summary);
  }
}

package dev.syris.task.builtin;

import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.routing.RiskLevel;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.task.control.Controls;
import dev.syris.task.control.Posture;
import dev.syris.task.instance.Instance;
import dev.syris.task.instance.Run;
import dev.syris.task.tool.ActionDefinition;
import dev.syris.task.tool.ActionDefinition.Effect;
import dev.syris.task.tool.InputSchema;
import dev.syris.task.tool.Invocation;
import dev.syris.task.tool.ToolAction;
import dev.syris.task.tool.ToolAnswer;
import dev.syris.task.tool.ToolDefinition;
import dev.syris.task.tool.ToolProvider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.node.ObjectNode;

/** Tells how the system is. */
final class SystemTool implements ToolProvider {

  private static final ToolDefinition DEFINITION =
      new ToolDefinition(
          "system",
          "system",
          List.of(
              new ActionDefinition(
                  "status",
                  RiskLevel.LOW,
                  List.of("status"),
                  Effect.READ_ONLY,
                  Duration.ofSeconds(10),
                  InputSchema.parse(
                      """
                      {"type": "object", "description": "Tells how the system is", "additionalProperties": false}
                      """))));

  private final StatusTable table;
  private final Instance instance;
  private final InstantSource clock;
  private final Controls controls;

  SystemTool(StatusTable table, Instance instance, InstantSource clock, Controls controls) {
    this.table = table;
    this.instance = instance;
    this.clock = clock;
    this.controls = controls;
  }

  @Override
  public ToolDefinition definition() {
    return DEFINITION;
  }

  @Override
  public Map<String, ToolAction> actions() {
    return Map.of("status", (ToolAction.Calling) this::status);
  }

  private ToolAnswer status(Invocation by) {
    try {
      return status();
    } catch (DataAccessException | TransactionException e) {
      return new ToolAnswer.Failed(
          ErrorDetail.retryable("database.unavailable", "the database does not answer"));
    }
  }

  private ToolAnswer status() {
    Posture posture = controls.now();
    ObjectNode output = Json.object().put("autonomy_level", posture.level().name());
    Run run = instance.run();
    String uptime = "";
    if (run != null) {
      Duration up = Duration.between(run.startedAt(), clock.instant());
      uptime = ", up for %d s".formatted(up.toSeconds());
      output
          .put("version", run.version())
          .put("started_at", InstantCodec.format(run.startedAt()))
          .put("uptime_seconds", up.toSeconds())
          .put("restart_reason", run.restartReason());
    }
    StatusTable.Timers timers = table.timers();
    output.put("paused", posture.paused());
    ObjectNode calls = output.putObject("tool_calls");
    table.callsByStatus().forEach(calls::put);
    output.put("timers_pending", timers.pending());
    if (timers.nextDueAt() != null) {
      output.put("next_timer_due_at", InstantCodec.format(timers.nextDueAt()));
    }
    output.put("outbox_depth", table.outboxDepth());
    String summary =
        "Autonomy %s%s%s, %d timers pending"
            .formatted(
                posture.level().name(),
                posture.paused() ? ", paused" : "",
                uptime,
                timers.pending());
    return new ToolAnswer.Succeeded(output, summary);
  }
}

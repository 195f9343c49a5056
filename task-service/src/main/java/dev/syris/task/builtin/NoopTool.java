package dev.syris.task.builtin;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.routing.RiskLevel;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.task.tool.ActionDefinition;
import dev.syris.task.tool.ActionDefinition.Effect;
import dev.syris.task.tool.InputSchema;
import dev.syris.task.tool.Invocation;
import dev.syris.task.tool.Preview;
import dev.syris.task.tool.Previewing;
import dev.syris.task.tool.ToolAction;
import dev.syris.task.tool.ToolAnswer;
import dev.syris.task.tool.ToolDefinition;
import dev.syris.task.tool.ToolProvider;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Does nothing, slowly or wrongly if asked to: for trying out everything around a call. */
final class NoopTool implements ToolProvider {

  private static final ToolDefinition DEFINITION =
      new ToolDefinition(
          "noop",
          "nothing",
          List.of(
              new ActionDefinition(
                  "run",
                  RiskLevel.LOW,
                  List.of(),
                  Effect.IDEMPOTENT,
                  Duration.ofSeconds(65),
                  InputSchema.parse(
                      """
                      {
                        "type": "object",
                        "description": "Does nothing",
                        "properties": {
                          "sleep_ms": {"type": "integer", "minimum": 0, "maximum": 60000,
                                       "description": "how long it takes"},
                          "fail": {"type": "string", "enum": ["retryable", "permanent"],
                                   "description": "fail in this way"},
                          "echo": {"description": "comes back in the output"}
                        },
                        "additionalProperties": false
                      }
                      """))));

  @Override
  public ToolDefinition definition() {
    return DEFINITION;
  }

  @Override
  public Map<String, ToolAction> actions() {
    return Map.of("run", Previewing.calling(NoopTool::preview, NoopTool::run));
  }

  private static Preview preview(Invocation by) {
    return Preview.of(by.args());
  }

  private static ToolAnswer run(Invocation by) {
    Preview preview = preview(by);
    ObjectNode request = preview.request();
    long sleep = request.path("sleep_ms").decimalValue(BigDecimal.ZERO).longValueExact();
    if (sleep > 0) {
      try {
        Thread.sleep(Duration.ofMillis(sleep));
      } catch (InterruptedException e) { // it does nothing, so nothing is left half done
        return new ToolAnswer.Failed(
            ErrorDetail.retryable("noop.interrupted", "interrupted; nothing was done"));
      }
    }
    JsonNode fail = request.get("fail");
    if (fail != null) {
      boolean retryable = fail.asString().equals("retryable");
      String message = "told to fail, " + (retryable ? "and may be retried" : "for good");
      return new ToolAnswer.Failed(new ErrorDetail("noop.told_to_fail", message, retryable, null));
    }
    ObjectNode output = Json.object();
    JsonNode echo = request.get("echo");
    if (echo != null) {
      output.set("echo", echo);
    }
    return preview.sent(
        new ToolAnswer.Succeeded(
            output, sleep > 0 ? "Did nothing for %d ms".formatted(sleep) : "Did nothing"));
  }
}

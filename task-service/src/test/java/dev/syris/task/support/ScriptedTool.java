package dev.syris.task.support;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.routing.RiskLevel;
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
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A tool with one action, {@code go}, that does as it is told and remembers what it was called
 * with.
 */
public final class ScriptedTool implements ToolProvider {

  private final ToolDefinition definition;
  private final List<Invocation> calls = new CopyOnWriteArrayList<>();
  private volatile ToolAction.Calling script =
      _ -> new ToolAnswer.Succeeded(Json.object().put("done", true), "Done");

  private ScriptedTool(ToolDefinition definition) {
    this.definition = definition;
  }

  public static ScriptedTool of(String name, Effect effect, String... scopes) {
    return of(name, effect, Duration.ofSeconds(20), scopes);
  }

  public static ScriptedTool of(String name, Effect effect, Duration timeout, String... scopes) {
    var schema =
        InputSchema.parse(
            """
            {"type": "object", "properties": {"n": {"type": "integer"}}, "additionalProperties": false}
            """);
    var go = new ActionDefinition("go", RiskLevel.LOW, List.of(scopes), effect, timeout, schema);
    return new ScriptedTool(new ToolDefinition(name, name, List.of(go)));
  }

  /** A tool that takes x and b of whatever type, too. */
  public static ScriptedTool open(String name, Effect effect, Duration timeout) {
    var go =
        new ActionDefinition(
            "go",
            RiskLevel.LOW,
            List.of(),
            effect,
            timeout,
            InputSchema.parse(
                """
                {"type": "object", "additionalProperties": false,
                 "properties": {"n": {"type": "integer"}, "x": {}, "b": {}}}
                """));
    return new ScriptedTool(new ToolDefinition(name, name, List.of(go)));
  }

  public ScriptedTool does(ToolAction.Calling what) {
    script = what;
    return this;
  }

  /** What it was called with, in order. */
  public List<Invocation> calls() {
    return List.copyOf(calls);
  }

  @Override
  public ToolDefinition definition() {
    return definition;
  }

  @Override
  public Map<String, ToolAction> actions() {
    ToolAction.Calling go =
        invocation -> {
          calls.add(invocation);
          return script.call(invocation);
        };
    return Map.of("go", go);
  }
}

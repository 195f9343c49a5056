package dev.syris.task.engine;

import dev.syris.contracts.json.Json;
import dev.syris.task.tool.ToolAnswer;

/** The answer of a tool that did what it was asked. */
final class ToolRuntimeDone {

  private ToolRuntimeDone() {}

  static ToolAnswer done() {
    return new ToolAnswer.Succeeded(Json.object().put("done", true), "done");
  }
}

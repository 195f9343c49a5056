package dev.syris.task.call;

import dev.syris.contracts.json.Json;
import dev.syris.task.tool.ToolAnswer;
import tools.jackson.databind.node.ObjectNode;

/** An answer that came too late to be an outcome. */
record Late(StartedCall call, ObjectNode answer) {

  static Late of(StartedCall call, ToolAnswer answer) {
    Settlement.Recorded would = Settlement.of(answer);
    ObjectNode said = Json.object().put("status", would.status().wire());
    if (would.output() != null) {
      said.set("output", would.output());
    }
    if (would.error() != null) {
      said.set("error", Json.mapper().valueToTree(would.error()));
    }
    return new Late(call, said);
  }
}

package dev.syris.standalone.cli;

import java.io.PrintWriter;
import tools.jackson.databind.JsonNode;

/** Prints the controls. */
final class ControlLines {

  private ControlLines() {}

  static int print(PrintWriter out, JsonNode controls) {
    JsonNode by = controls.path("set_by");
    String until = controls.path("expires_at").asString("");
    String reason = controls.path("reason").asString("");
    out.printf(
        "autonomy %s%s, set by %s %s at %s%s%n",
        controls.path("autonomy_level").asString("?"),
        until.isEmpty() ? "" : " until " + until,
        by.path("type").asString("?"),
        by.path("id").asString("?"),
        controls.path("set_at").asString("?"),
        reason.isEmpty() ? "" : ": " + reason);
    out.println(
        controls.path("paused").asBoolean(false)
            ? "paused (%s): nothing new is started; ./syris resume goes on"
                .formatted(controls.path("pause_mode").asString("drain"))
            : "not paused");
    return 0;
  }
}

package dev.syris.task.tool;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A tool to be registered: what it says of itself, and how each of its actions is carried out. */
public interface ToolProvider {

  ToolDefinition definition();

  /**
   * What a call works on: two calls of an action with the same target do the same to the same
   * thing.
   *
   * @param args may not have been checked yet
   * @return null where it is the tool's own, whatever the arguments
   */
  default @Nullable String target(String action, ObjectNode args) {
    return null;
  }

  /** By name, one for each action of the definition. */
  Map<String, ToolAction> actions();
}

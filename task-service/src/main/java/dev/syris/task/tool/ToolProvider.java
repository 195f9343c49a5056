package dev.syris.task.tool;

import java.util.Map;

/** A tool to be registered: what it says of itself, and how each of its actions is carried out. */
public interface ToolProvider {

  ToolDefinition definition();

  /** By name, one for each action of the definition. */
  Map<String, ToolAction> actions();
}

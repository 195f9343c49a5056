package dev.syris.task.tool;

import dev.syris.contracts.tool.ErrorDetail;
import org.jspecify.annotations.Nullable;

/** Says which tools may not be called now, and learns what came of those that were. Thread-safe. */
public interface ToolWatch {

  /** Bars nothing and remembers nothing. */
  ToolWatch NONE =
      new ToolWatch() {
        @Override
        public @Nullable ErrorDetail bar(ToolDefinition tool) {
          return null;
        }

        @Override
        public void answered(ToolDefinition tool, ToolAnswer answer) {}
      };

  /** Why the operator does not let it be called; null where nothing is in the way. */
  @Nullable ErrorDetail bar(ToolDefinition tool);

  /** What came of a call; a timeout is reported as unknown. */
  void answered(ToolDefinition tool, ToolAnswer answer);
}

package dev.syris.task.tool;

import dev.syris.contracts.tool.ErrorDetail;
import tools.jackson.databind.JsonNode;

/** What came of carrying out an action. */
public sealed interface ToolAnswer {

  /**
   * It is done.
   *
   * @param summary a sentence a person understands
   */
  record Succeeded(JsonNode output, String summary) implements ToolAnswer {}

  /** It is known not to have been done. */
  record Failed(ErrorDetail error) implements ToolAnswer {}

  /** It may or may not have been done. */
  record Unknown(ErrorDetail error) implements ToolAnswer {}
}

package dev.syris.task.web;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads request bodies: a JSON object, strictly, or a problem that says why not. */
public final class Bodies {

  private Bodies() {}

  /** The object; an empty one where there is no body. */
  public static ObjectNode optional(byte[] body) {
    return body.length == 0 ? Json.object() : object(body);
  }

  /** The object. */
  public static ObjectNode object(byte[] body) {
    try {
      JsonNode json = Json.strict().readTree(body);
      if (json instanceof ObjectNode object) {
        return object;
      }
      throw malformed("the body must be a JSON object");
    } catch (JacksonException e) {
      String why = e.getOriginalMessage();
      int end = why.indexOf(" (");
      throw malformed(
          "the body is not JSON: "
              + StorableText.shown(end < 0 ? why : why.substring(0, end), 200));
    }
  }

  private static ProblemException malformed(String detail) {
    return new ProblemException(CommonProblem.MALFORMED, detail);
  }
}

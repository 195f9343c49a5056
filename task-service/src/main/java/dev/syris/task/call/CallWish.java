package dev.syris.task.call;

import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import dev.syris.platform.problem.ProblemException.FieldError;
import dev.syris.task.tool.InputSchema;
import dev.syris.task.tool.ToolRegistry;
import dev.syris.task.tool.ToolRegistry.Lookup;
import dev.syris.task.tool.ToolRegistry.Registered;
import dev.syris.task.web.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of {@code POST /tool-calls}: which action of which tool, with what.
 *
 * @param registered the action as it is for these arguments
 */
record CallWish(String tool, String action, ObjectNode args, Registered registered) {

  private static final int MAX_NAME = 200;
  private static final int MAX_ARGS_BYTES = 256 * 1024;
  private static final int MAX_ERRORS = 20;
  private static final Set<String> FIELDS = Set.of("tool", "action", "args");

  /**
   * Reads it.
   *
   * @throws ProblemException that points at what can't be taken
   */
  static CallWish read(ObjectNode body, ToolRegistry registry) {
    String tool = Texts.required(body, "tool", MAX_NAME);
    String action = Texts.required(body, "action", MAX_NAME);
    ObjectNode args = args(body);
    for (String name : body.propertyNames()) {
      if (!FIELDS.contains(name)) {
        throw Texts.invalid(
            "/" + name.replace("~", "~0").replace("/", "~1"),
            "is unknown; there are tool, action, args");
      }
    }
    return switch (registry.find(tool, action, args)) {
      case Lookup.NoSuchTool(var known) ->
          throw Texts.invalid("/tool", "names no tool; there are " + String.join(", ", known));
      case Lookup.NoSuchAction(var known) ->
          throw Texts.invalid(
              "/action",
              "is no action of %s; there are %s".formatted(tool, String.join(", ", known)));
      case Lookup.Found(var registered) -> {
        check(registered.definition().input().check(args));
        yield new CallWish(tool, action, args, registered);
      }
    };
  }

  private static ObjectNode args(ObjectNode body) {
    JsonNode args = body.get("args");
    if (!(args instanceof ObjectNode object)) {
      throw Texts.invalid("/args", "must be an object; write {} for none");
    }
    if (args.toString().length() > MAX_ARGS_BYTES) {
      throw Texts.invalid(
          "/args", "must have at most %d characters as JSON".formatted(MAX_ARGS_BYTES));
    }
    String fault = dev.syris.contracts.json.StorableText.faultIn(object);
    if (fault != null) {
      throw Texts.invalid("/args", fault);
    }
    return object;
  }

  private static void check(List<InputSchema.Violation> violations) {
    if (violations.isEmpty()) {
      return;
    }
    var errors = new ArrayList<FieldError>();
    violations.stream()
        .limit(MAX_ERRORS)
        .forEach(
            one -> errors.add(new FieldError("/args" + one.pointer(), "schema", one.message())));
    throw new ProblemException(
            CommonProblem.INVALID, "args.invalid", "the arguments don't fit the action")
        .errors(errors);
  }

  /** Whether a request asks for the same. */
  boolean same(ToolCallRequest other) {
    return tool.equals(other.tool()) && action.equals(other.action()) && args.equals(other.args());
  }
}

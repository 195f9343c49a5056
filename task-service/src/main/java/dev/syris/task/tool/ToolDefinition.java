package dev.syris.task.tool;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.Tool;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a tool says of itself.
 *
 * @param tool its name
 * @param target what its actions work on
 */
public record ToolDefinition(String tool, String target, List<ActionDefinition> actions) {

  private static final String NATIVE = "native";

  public ToolDefinition {
    actions = List.copyOf(actions);
  }

  public Optional<ActionDefinition> action(String name) {
    return actions.stream().filter(action -> action.name().equals(name)).findFirst();
  }

  /**
   * As shown to readers; the version is a hash of everything but status and version, in canonical
   * form.
   */
  public Tool describe(String status) {
    List<Tool.Action> described = actions.stream().map(ActionDefinition::describe).toList();
    ObjectNode content =
        Json.mapper().valueToTree(new Tool(tool, target, described, NATIVE, null, "", ""));
    content.remove(List.of("version", "status"));
    return new Tool(tool, target, described, NATIVE, null, CanonicalJson.hash(content), status);
  }
}

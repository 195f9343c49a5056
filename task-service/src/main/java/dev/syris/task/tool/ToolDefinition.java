package dev.syris.task.tool;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.Tool;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a tool says of itself.
 *
 * @param tool its name
 * @param target what its actions work on
 * @param integration the way outside it goes; null where it stays in the house
 */
public record ToolDefinition(
    String tool,
    String target,
    List<ActionDefinition> actions,
    @Nullable IntegrationDefinition integration) {

  private static final String NATIVE = "native";

  public ToolDefinition {
    actions = List.copyOf(actions);
  }

  /** A tool that stays in the house. */
  public ToolDefinition(String tool, String target, List<ActionDefinition> actions) {
    this(tool, target, actions, null);
  }

  /**
   * The way outside some tools go.
   *
   * @param type of what is behind it
   */
  public record IntegrationDefinition(String id, String type) {}

  public Optional<ActionDefinition> action(String name) {
    return actions.stream().filter(action -> action.name().equals(name)).findFirst();
  }

  /**
   * As shown to readers; the version is a hash of everything but status and version, in canonical
   * form.
   *
   * @param previewing the actions that can show what they would do
   */
  Tool describe(String status, Set<String> previewing) {
    List<Tool.Action> described =
        actions.stream()
            .map(action -> action.describe(previewing.contains(action.name())))
            .toList();
    String from = integration == null ? null : integration.id();
    ObjectNode content =
        Json.mapper().valueToTree(new Tool(tool, target, described, NATIVE, from, "", ""));
    content.remove(List.of("version", "status", "consecutive_errors"));
    return new Tool(tool, target, described, NATIVE, from, CanonicalJson.hash(content), status);
  }
}

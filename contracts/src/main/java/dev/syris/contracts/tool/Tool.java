package dev.syris.contracts.tool;

import dev.syris.contracts.routing.RiskLevel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tool as the registry shows it.
 *
 * @param target what its actions work on
 * @param providerType {@code native} or {@code mcp}
 * @param version SHA-256 of the definition: everything here but status and version
 * @param status {@code available} or {@code unavailable}
 */
public record Tool(
    String tool,
    String target,
    List<Action> actions,
    String providerType,
    @Nullable String integrationId,
    String version,
    String status) {

  public static final String AVAILABLE = "available";
  public static final String UNAVAILABLE = "unavailable";

  public Tool {
    actions = List.copyOf(actions);
  }

  /**
   * One thing a tool can do.
   *
   * @param riskLevel where the assessment of a call starts
   * @param scopes all of them are needed
   * @param readOnly has no effect at all
   * @param idempotent doing it twice with the same key is doing it once
   */
  public record Action(
      String name,
      RiskLevel riskLevel,
      List<String> scopes,
      boolean readOnly,
      boolean idempotent,
      boolean supportsPreview,
      ObjectNode inputSchema) {

    public Action {
      scopes = List.copyOf(scopes);
    }
  }
}

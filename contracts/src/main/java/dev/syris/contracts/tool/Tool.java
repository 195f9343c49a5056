package dev.syris.contracts.tool;

import dev.syris.contracts.routing.RiskLevel;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tool as the registry shows it.
 *
 * @param target what its actions work on
 * @param providerType {@code native} or {@code mcp}
 * @param version SHA-256 of the definition: everything here but status and version
 * @param status {@code available}, {@code unavailable} or {@code disabled}
 * @param consecutiveErrors calls that failed or have no known outcome since the last that succeeded
 * @param rateLimitResetsAt when the target asked to be left alone until
 */
public record Tool(
    String tool,
    String target,
    List<Action> actions,
    String providerType,
    @Nullable String integrationId,
    String version,
    String status,
    long consecutiveErrors,
    @Nullable Instant lastSuccessAt,
    @Nullable ErrorDetail lastError,
    @Nullable Instant rateLimitResetsAt) {

  public static final String AVAILABLE = "available";
  public static final String UNAVAILABLE = "unavailable";
  public static final String DISABLED = "disabled";

  public Tool {
    actions = List.copyOf(actions);
  }

  /** A tool of which no call is known. */
  public Tool(
      String tool,
      String target,
      List<Action> actions,
      String providerType,
      @Nullable String integrationId,
      String version,
      String status) {
    this(tool, target, actions, providerType, integrationId, version, status, 0, null, null, null);
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

package dev.syris.pipeline.fastpath;

import dev.syris.contracts.routing.RiskLevel;
import java.util.List;

/**
 * One entry of the pattern table.
 *
 * @param name such as {@code timer.set}
 * @param phrases how people say it; see {@link Phrase}
 */
public record Intent(
    String name,
    String tool,
    String action,
    List<String> requiredScopes,
    RiskLevel riskLevel,
    List<String> phrases) {

  public Intent {
    requiredScopes = List.copyOf(requiredScopes);
    phrases = List.copyOf(phrases);
  }
}

package dev.syris.contracts.tool;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way to something outside that tools come from, and how it fares.
 *
 * @param type of what is behind it, such as {@code http}
 * @param enabled whether the operator lets it be used
 * @param version grows with each change by the operator
 * @param status {@code connected}, {@code connecting}, {@code degraded}, {@code disconnected} or
 *     {@code disabled}
 * @param consecutiveErrors calls that failed or have no known outcome since the last that succeeded
 * @param nextAttemptAt when it is tried again by itself
 * @param rateLimitResetsAt when the target asked to be left alone until
 * @param tools by name
 */
public record Integration(
    String integrationId,
    String type,
    boolean enabled,
    long version,
    String status,
    long consecutiveErrors,
    @Nullable Instant lastSuccessAt,
    @Nullable ErrorDetail lastError,
    @Nullable Instant nextAttemptAt,
    @Nullable Instant rateLimitResetsAt,
    List<String> tools) {

  public Integration {
    tools = List.copyOf(tools);
  }
}

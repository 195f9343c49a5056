package dev.syris.task.integration;

import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.task.tool.ToolAnswer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How calls of one tool have fared in this process. Pure.
 *
 * @param consecutiveErrors calls that failed or have no known outcome since the last that succeeded
 * @param rateLimitResetsAt when the target asked to be left alone until
 */
record Fare(
    long consecutiveErrors,
    @Nullable Instant lastSuccessAt,
    @Nullable Instant lastErrorAt,
    @Nullable ErrorDetail lastError,
    @Nullable Instant rateLimitResetsAt) {

  static final Fare UNTRIED = new Fare(0, null, null, null, null);

  private static final Duration LONGEST = Duration.ofDays(1);

  Fare after(ToolAnswer answer, Instant now) {
    return switch (answer) {
      case ToolAnswer.Succeeded _ -> new Fare(0, now, lastErrorAt, lastError, null);
      case ToolAnswer.Failed(ErrorDetail error) -> failed(error, now);
      case ToolAnswer.Unknown(ErrorDetail error) -> failed(error, now);
    };
  }

  private Fare failed(ErrorDetail error, Instant now) {
    return new Fare(consecutiveErrors + 1, lastSuccessAt, now, error, resetsAt(error, now));
  }

  private @Nullable Instant resetsAt(ErrorDetail error, Instant now) {
    JsonNode wait = error.details() == null ? null : error.details().get("retry_after_ms");
    if (wait == null || !wait.isIntegralNumber()) {
      return rateLimitResetsAt;
    }
    return now.plusMillis(Math.min(wait.asLong(), LONGEST.toMillis()));
  }
}

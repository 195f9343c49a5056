package dev.syris.task.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.task.tool.ToolAnswer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FareTest {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final ToolAnswer DONE = new ToolAnswer.Succeeded(Json.object(), "Done");
  private static final ToolAnswer LOST =
      new ToolAnswer.Unknown(ErrorDetail.permanent("tool.timeout", "no answer"));

  @Test
  void shouldCountErrorsInARowAndForgetThemWithASuccess() {
    // When
    Fare failing = Fare.UNTRIED.after(LOST, NOON).after(LOST, NOON.plusSeconds(1));
    Fare well = failing.after(DONE, NOON.plusSeconds(2));
    // Then
    assertThat(failing.consecutiveErrors()).isEqualTo(2);
    assertThat(failing.lastSuccessAt()).isNull();
    assertThat(well.consecutiveErrors()).isZero();
    assertThat(well.lastSuccessAt()).isEqualTo(NOON.plusSeconds(2));
    assertThat(well.lastErrorAt()).isEqualTo(NOON.plusSeconds(1));
  }

  @Test
  void shouldKnowUntilWhenTheTargetWantsToBeLeftAlone() {
    // Given
    var busy =
        new ErrorDetail(
            "http.status_429", "busy", true, Json.object().put("retry_after_ms", 60_000));
    // When
    Fare limited = Fare.UNTRIED.after(new ToolAnswer.Failed(busy), NOON);
    // Then
    assertThat(limited.rateLimitResetsAt()).isEqualTo(NOON.plusSeconds(60));
    assertThat(limited.after(LOST, NOON).rateLimitResetsAt()).isEqualTo(NOON.plusSeconds(60));
    assertThat(limited.after(DONE, NOON).rateLimitResetsAt()).isNull();
  }
}

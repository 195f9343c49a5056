package dev.syris.task.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ErrorDetail;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  @ParameterizedTest
  @CsvSource({
    // attempt, random, asked, waits
    "1, 0, 0, 1000",
    "1, 1, 0, 2000",
    "3, 0.5, 0, 6000",
    "20, 1, 0, 600000",
    "1000, 0, 0, 300000",
    "1, 0, 90000, 90000",
    "1, 0, 99999999999, 3600000"
  })
  void shouldWaitLongerEachTimeAndAsLongAsAsked(
      int attempt, double random, long asked, long waits) {
    // Given
    var error = new ErrorDetail("x", "x", true, Json.object().put("retry_after_ms", asked));
    // When / Then
    assertThat(Backoff.after(attempt, error, random).toMillis()).isEqualTo(waits);
  }
}

package dev.syris.task.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.tool.ToolCallStatus;
import dev.syris.task.tool.ActionDefinition.Effect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettlementTest {

  @ParameterizedTest
  @CsvSource({
    "READ_ONLY,1,again", "READ_ONLY,3,FAILED",
    "IDEMPOTENT,2,again", "IDEMPOTENT,3,UNKNOWN",
    "ONCE,1,UNKNOWN"
  })
  void shouldRepeatOnlyWhatMayBeRepeatedWhenTheTimeIsOver(
      Effect effect, int attempt, String expected) {
    // When
    Settlement settlement = Settlement.ofTimeout(effect, attempt, Settlement.MAX_TIMEOUTS, 1000);
    // Then
    assertThat(shown(settlement)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "READ_ONLY,true,false,1,again", "READ_ONLY,false,false,1,FAILED",
        "READ_ONLY,true,false,10,FAILED",
    "IDEMPOTENT,true,false,9,again", "IDEMPOTENT,true,false,10,UNKNOWN",
        "IDEMPOTENT,false,false,1,UNKNOWN",
    "ONCE,true,false,1,UNKNOWN", "ONCE,true,true,1,again", "ONCE,false,true,1,FAILED"
  })
  void shouldNeverRepeatBlindlyWhenTheProcessIsGone(
      Effect effect, boolean found, boolean neverSent, int attempt, String expected) {
    // When
    Settlement settlement = Settlement.ofOrphan(effect, found, neverSent, attempt);
    // Then
    assertThat(shown(settlement)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"READ_ONLY,FAILED", "IDEMPOTENT,UNKNOWN", "ONCE,UNKNOWN"})
  void shouldAssumeNothingWhenAToolEndsInAnException(Effect effect, ToolCallStatus expected) {
    // When
    Settlement.Recorded recorded =
        Settlement.of(Settlement.ofFault(effect, new IllegalStateException("secret")));
    // Then
    assertThat(recorded.status()).isEqualTo(expected);
    assertThat(recorded.error().message()).doesNotContain("secret");
  }

  private static String shown(Settlement settlement) {
    return switch (settlement) {
      case Settlement.Again _ -> "again";
      case Settlement.Recorded recorded -> recorded.status().name();
    };
  }
}

package dev.syris.task.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.routing.RiskLevel;
import java.util.Collections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RiskTest {

  @ParameterizedTest
  @CsvSource({
    "LOW,0,LOW",
    "LOW,1,MEDIUM",
    "MEDIUM,1,HIGH",
    "HIGH,1,CRITICAL",
    "LOW,9,CRITICAL",
    "CRITICAL,1,CRITICAL"
  })
  void shouldRaiseByOneForEachReasonUpToCritical(RiskLevel start, int reasons, RiskLevel expected) {
    // When
    Risk risk = Risk.assess(start, Collections.nCopies(reasons, "destructive"));
    // Then
    assertThat(risk.level()).isEqualTo(expected);
  }
}

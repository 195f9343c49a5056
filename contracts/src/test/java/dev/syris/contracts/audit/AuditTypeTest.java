package dev.syris.contracts.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AuditTypeTest {

  @Test
  void shouldHaveTheWireNamesOfTheContract() {
    assertThat(Arrays.stream(AuditType.values()).map(AuditType::wire))
        .contains(
            "event.ingested",
            "event.loop_blocked",
            "routing.decided",
            "tool_call.attempted",
            "tool_call.succeeded",
            "ledger.gap",
            "alarm.raised")
        .allMatch(name -> name.matches("[a-z_]+\\.[a-z_]+"))
        .doesNotHaveDuplicates();
  }
}

package dev.syris.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LedgerPropertiesTest {

  @Test
  void shouldNameTheKeyWhenAValueIsUnfit() {
    assertThatThrownBy(() -> new AuditProperties(Duration.ofDays(30)))
        .hasMessageContaining("syris.audit.retention")
        .hasMessageContaining("60");
    assertThatThrownBy(() -> new LedgerProperties("u", "r", "p", 0, Duration.ofDays(1)))
        .hasMessageContaining("syris.ledger.segment-rows");
    assertThatThrownBy(() -> new LedgerProperties("u", "r", "p", 1, Duration.ZERO))
        .hasMessageContaining("syris.ledger.segment-age");
  }

  @Test
  void shouldNeverShowThePassword() {
    assertThat(new LedgerProperties("u", "r", "hush", 1, Duration.ofDays(1)).toString())
        .doesNotContain("hush");
  }
}

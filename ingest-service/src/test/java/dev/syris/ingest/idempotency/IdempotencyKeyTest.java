package dev.syris.ingest.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

  @ParameterizedTest
  @ValueSource(strings = {"8e03978e-40d5-43dd-bc93-6894a57f9324", "\"quoted\"", "!", "~"})
  void shouldTakeVisibleAscii(String value) {
    assertThat(new IdempotencyKey(value).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\tb", "é", "a\u0000"})
  void shouldRefuseAnythingElse(String value) {
    assertThatThrownBy(() -> new IdempotencyKey(value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldTakeAtMost255Characters() {
    assertThat(IdempotencyKey.valid("k".repeat(255))).isTrue();
    assertThat(IdempotencyKey.valid("k".repeat(256))).isFalse();
  }
}

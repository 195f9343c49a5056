package dev.syris.platform.crash;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArmedTest {

  @Test
  void shouldBeHitOnceWhenItsPlaceIsReachedForTheNthTime() {
    // Given
    Armed armed = requireNonNull(Armed.read("claim.after-commit:2"));

    // When
    List<Boolean> hits =
        Stream.of("claim.after-commit", "send.before", "claim.after-commit", "claim.after-commit")
            .map(armed::isHit)
            .toList();

    // Then
    assertThat(hits).containsExactly(false, false, true, false);
  }

  @Test
  void shouldBeNothingWhenThePropertyIsNotSet() {
    assertThat(Armed.read(null)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "claim.after-commit", "claim.after-commit:0", "a:b", ":1"})
  void shouldSayHowItMustLookWhenItIsSomethingElse(String property) {
    assertThatThrownBy(() -> Armed.read(property)).hasMessageContaining("claim.after-commit:3");
  }
}

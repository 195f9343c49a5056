package dev.syris.platform.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class SealerTest {

  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  private final Sealer sealer = new Sealer("syris.artifacts.key", KEY);

  @Test
  void shouldGiveTheBytesBackWhenOpenedForTheSamePurpose() {
    // Given
    byte[] sealed = sealer.seal("secret".getBytes(UTF_8), "artifact/1");

    // When
    byte[] opened = sealer.open(sealed, "artifact/1");

    // Then
    assertThat(opened).asString(UTF_8).isEqualTo("secret");
    assertThat(new String(sealed, UTF_8)).doesNotContain("secret");
  }

  @Test
  void shouldSealDifferentlyEachTimeWhenTheBytesAreTheSame() {
    // Given
    byte[] clear = new byte[0];

    // When
    byte[] first = sealer.seal(clear, "p");
    byte[] second = sealer.seal(clear, "p");

    // Then
    assertThat(first).isNotEqualTo(second);
    assertThat(sealer.open(second, "p")).isEmpty();
  }

  @Test
  void shouldRefuseWhenABitIsChanged() {
    // Given
    byte[] sealed = sealer.seal("secret".getBytes(UTF_8), "p");

    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 4;

      // When / Then
      assertThatThrownBy(() -> sealer.open(changed, "p"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void shouldRefuseWhenOpenedForAnotherPurpose() {
    // Given
    byte[] sealed = sealer.seal("secret".getBytes(UTF_8), "artifact/1");

    // When / Then
    assertThatThrownBy(() -> sealer.open(sealed, "artifact/2")).hasMessageContaining("artifact/2");
    assertThatThrownBy(() -> sealer.open(new byte[3], "artifact/1"))
        .hasMessageContaining("version 1");
  }

  @Test
  void shouldNameTheConfigurationKeyWhenTheKeyIsUnfit() {
    assertThatThrownBy(() -> new Sealer("syris.artifacts.key", "c2hvcnQ="))
        .hasMessageContaining("syris.artifacts.key")
        .hasMessageContaining("5 bytes");
    assertThatThrownBy(() -> new Sealer("syris.artifacts.key", "!!!"))
        .hasMessageContaining("not base64");
  }
}

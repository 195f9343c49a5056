package dev.syris.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmbeddedKafkaSettingsTest {

  private static final Path FOLDER = Path.of("kafka");

  @Test
  void shouldAskForTheAdmin() {
    assertThatThrownBy(() -> new EmbeddedKafkaSettings(FOLDER, 1, 2, Map.of("task", "t")))
        .hasMessageContaining("must hold a password for admin");
  }

  @Test
  void shouldRefuseAPrincipalThatWouldBeAnotherOption() {
    assertThatThrownBy(
            () ->
                new EmbeddedKafkaSettings(
                    FOLDER, 1, 2, Map.of("admin", "a", "x=\"\" user_admin", "t")))
        .hasMessageContaining("letters, digits");
  }

  @Test
  void shouldRefuseAnEmptyPassword() {
    assertThatThrownBy(() -> new EmbeddedKafkaSettings(FOLDER, 1, 2, Map.of("admin", "")))
        .hasMessageContaining("password of principal admin is empty");
  }

  @Test
  void shouldNeverShowAPassword() {
    // Given
    var settings = new EmbeddedKafkaSettings(FOLDER, 1, 2, Map.of("admin", "s3cret"));
    // When / Then
    assertThat(settings.toString()).contains("admin").doesNotContain("s3cret");
  }
}

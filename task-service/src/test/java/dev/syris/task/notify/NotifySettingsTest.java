package dev.syris.task.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syris.task.notify.NotifySettings.Target;
import dev.syris.task.notify.NotifySettings.Type;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotifySettingsTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          phone, -,                  -,          syris.notify.targets.phone.url is missing
          phone, ftp://x/,           -,          syris.notify.targets.phone.url must begin
          phone, http://a:b@x/,      -,          syris.notify.targets.phone.url must begin
          phone, secret:phone,       -,          syris.notify.targets.phone.url is no reference
          phone, http://x/t,         hunter2,    syris.notify.targets.phone.token is no reference
          phone, http://x/t,         secret:,    syris.notify.targets.phone.token is no reference
          my phone, http://x/t,      -,          syris.notify.targets.my phone: an id has
          """)
  void shouldNameTheKeyAndNotRepeatWhatMayBeASecret(
      String id, String url, String token, String message) {
    assertThatThrownBy(
            () ->
                new NotifySettings(
                    Map.of(id, new Target(Type.NTFY, url, token, Map.of(), false)), 20, 12))
        .hasMessageStartingWith(message)
        .message()
        .doesNotContain("hunter2", "a:b@");
  }

  @Test
  void shouldTakeReferencesAndShowNoAddress() {
    // Given
    var target =
        new Target(Type.WEBHOOK, "secret:chat/url", "secret:chat/token", Map.of("X", "1"), true);
    // When
    var settings = new NotifySettings(Map.of("chat", target), 20, 12);
    // Then
    assertThat(settings.toString()).doesNotContain("chat/url", "chat/token");
  }
}

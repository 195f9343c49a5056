package dev.syris.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostRulesTest {

  private final HostRules loopback = new HostRules("127.0.0.1", null);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:7171",
        "127.0.0.1:1",
        "[::1]:7171",
        "[::1]",
        "[0:0:0:0:0:0:0:1]:7171"
      })
  void shouldAnswerToLoopbackNames(String host) {
    assertThat(loopback.ours(host, "127.0.0.1")).isTrue();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example:7171",
        "localhost@evil.example",
        "192.168.1.5",
        "[::2]"
      })
  void shouldNotAnswerToOthers(String host) {
    assertThat(loopback.ours(host, "127.0.0.1")).isFalse();
  }

  @Test
  void shouldAnswerToTheAddressAConnectionCameInOn() {
    // Given
    var everywhere = new HostRules("0.0.0.0", null);
    // When / Then
    assertThat(everywhere.ours("192.168.1.5:7171", "192.168.1.5")).isTrue();
    assertThat(everywhere.ours("0.0.0.0:7171", "192.168.1.5")).isFalse();
  }

  @Test
  void shouldAnswerToThePublicNameAndLetItsPagesIn() {
    // Given
    var rules = new HostRules("127.0.0.1", URI.create("https://syris.home"));
    // When / Then
    assertThat(rules.ours("syris.home", "127.0.0.1")).isTrue();
    assertThat(rules.sameOrigin("https://syris.home", "127.0.0.1:7171")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:7171, true",
    "http://localhost:7171, false",
    "http://127.0.0.1:3000, false",
    "http://127.0.0.1, false",
    "http://evil.example, false",
    "null, false",
  })
  void shouldLetOnlyItsOwnPagesIn(String origin, boolean same) {
    assertThat(loopback.sameOrigin(origin, "127.0.0.1:7171")).isEqualTo(same);
  }
}

package dev.syris.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

  private final TrustedProxies proxies = new TrustedProxies(List.of("10.0.0.0/8", "192.168.1.5"));

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "172.16.0.0/12, 172.31.255.255, true",
    "172.16.0.0/12, 172.32.0.0, false",
    "192.168.1.5, 192.168.1.5, true",
    "192.168.1.5, 192.168.1.6, false",
    "192.168.1.5/32, 192.168.1.5, true",
    "192.168.1.128/25, 192.168.1.127, false",
    "0.0.0.0/0, 8.8.8.8, true",
    "0.0.0.0/0, ::1, false",
    "fd00::/8, fd12:3456::1, true",
    "fd00::/8, fe80::1, false",
    "::1, 0:0:0:0:0:0:0:1, true",
    "127.0.0.1, ::ffff:127.0.0.1, true",
  })
  void shouldTrustWhatLiesInTheRange(String range, String peer, boolean trusted) {
    assertThat(new TrustedProxies(List.of(range)).trusts(peer)).isEqualTo(trusted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "proxy.home", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "::1/129", "10/8 x"})
  void shouldNameWhatIsNoRange(String range) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrustedProxies(List.of(range)))
        .withMessageContaining("\"" + range + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "::1", "anything"})
  void shouldTrustNobodyUnlessToldTo(String peer) {
    assertThat(new TrustedProxies(List.of()).trusts(peer)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.9                        | 203.0.113.9",
        "203.0.113.9, 10.0.0.2              | 203.0.113.9",
        "6.6.6.6, 203.0.113.9, 10.0.0.2     | 203.0.113.9",
        "6.6.6.6, 203.0.113.9:4711          | 203.0.113.9",
        "[2001:db8::7]:4711                 | 2001:db8:0:0:0:0:0:7",
        "10.0.0.3, 10.0.0.2                 | 10.0.0.3",
        "203.0.113.9, unknown, 10.0.0.2     | 10.0.0.2",
        "unknown                            | 10.0.0.1",
      })
  void shouldBelieveNobodyBeforeTheFirstItDoesNotTrust(String header, String client) {
    // Given
    List<String> told = TrustedProxies.values(List.of(header));
    // When / Then
    assertThat(proxies.client("10.0.0.1", told)).isEqualTo(client);
  }

  @Test
  void shouldReadAHeaderOnSeveralLinesAsOneList() {
    assertThat(TrustedProxies.values(List.of("a, b", " ", "c"))).containsExactly("a", "b", "c");
    assertThat(TrustedProxies.nearest(List.of("a", "b"))).isEqualTo("b");
    assertThat(TrustedProxies.nearest(List.of())).isNull();
  }
}

package dev.syris.task.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {

  private static final String PUBLIC = "93.184.216.34";

  @ParameterizedTest
  @CsvSource({
    "PUBLIC, 93.184.216.34",
    "PUBLIC, 2606:4700::1111",
    "PRIVATE, 127.0.0.1",
    "PRIVATE, 127.255.255.254",
    "PRIVATE, 10.1.2.3",
    "PRIVATE, 172.31.255.255",
    "PRIVATE, 192.168.0.1",
    "PRIVATE, 100.64.0.1",
    "PRIVATE, ::1",
    "PRIVATE, fd12::1",
    "PRIVATE, ::ffff:10.0.0.1",
    "PUBLIC, 172.32.0.1",
    "SPECIAL, 0.0.0.0",
    "SPECIAL, 169.254.169.254",
    "SPECIAL, ::ffff:169.254.169.254",
    "SPECIAL, 224.0.0.1",
    "SPECIAL, 255.255.255.255",
    "SPECIAL, ::",
    "SPECIAL, ::7f00:1",
    "SPECIAL, fe80::1",
    "SPECIAL, fec0::1",
    "SPECIAL, ff02::1",
    "SPECIAL, 64:ff9b::7f00:1",
    "SPECIAL, 64:ff9b:1::7f00:1",
    "SPECIAL, 2002:7f00:1::",
    "SPECIAL, 2001:0:7f00:1::",
    "SPECIAL, 2001:db8::1"
  })
  void shouldKnowWhatAnAddressIsFor(AddressKind kind, String address) throws Exception {
    assertThat(AddressKind.of(InetAddress.getByName(address))).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    // listed, host, port, address, permitted
    "127.0.0.1, localhost, 80, 127.0.0.1, true",
    "127.0.0.1, localhost, 80, 127.0.0.2, false",
    "nas.local, nas.local, 80, 192.168.1.5, true",
    "nas.local, NAS.local., 80, 192.168.1.5, true",
    "nas.local, nas.local, 80, 169.254.1.1, false",
    "nas.local, other.local, 80, 192.168.1.5, false",
    "nas.local:8123, nas.local, 8123, 192.168.1.5, true",
    "nas.local:8123, nas.local, 80, 192.168.1.5, false",
    "*.example.com, api.example.com, 443, 93.184.216.34, true",
    "*.example.com, example.com, 443, 93.184.216.34, false",
    "*.example.com, api.example.com, 443, 192.168.1.5, false",
    "*.example.com, badexample.com, 443, 93.184.216.34, false",
    "192.168.1.0/24, anything, 80, 192.168.1.77, true",
    "192.168.1.0/24, anything, 80, 192.168.2.77, false",
    "169.254.0.0/16, anything, 80, 169.254.169.254, true",
    "[::1]:8080, localhost, 8080, ::1, true",
    "fd00::/8, anything, 80, fd12::1, true",
    "fd00::/8, anything, 80, 192.168.1.1, false"
  })
  void shouldLetThroughWhatIsListedAndNothingElse(
      String listed, String host, int port, String address, boolean permitted)
      throws UnknownHostException {
    // Given
    var allowed = new AllowedHosts(List.of(listed));
    // When / Then
    assertThat(allowed.permits(host, port, InetAddress.getByName(address))).isEqualTo(permitted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "http://x", "a b", "*", "*.*.com", "10.0.0.0/33", "x:99999", "user@x"})
  void shouldRefuseAnEntryThatIsNoneAndNameTheSetting(String entry) {
    assertThatThrownBy(() -> new AllowedHosts(List.of(entry)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("syris.tools.http.allowed-hosts");
  }

  @Test
  void shouldHandOnOnlyTheAddressesThatMayBeSpokenTo() throws Exception {
    // Given
    InetAddress[] mixed = {InetAddress.getByName("10.0.0.1"), InetAddress.getByName(PUBLIC)};
    var resolver = new PinnedResolver(new AllowedHosts(List.of("*.example.com")), _ -> mixed);
    // When
    var found = resolver.resolve("api.example.com", 443);
    // Then
    assertThat(found)
        .singleElement()
        .extracting(a -> a.getAddress().getHostAddress())
        .isEqualTo(PUBLIC);
  }
}

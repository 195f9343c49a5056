package dev.syris.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syris.gateway.fixture.Call;
import dev.syris.gateway.fixture.TestGateway;
import dev.syris.testkit.WithBackends;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Behind a proxy that is trusted, and behind one that is not. */
@WithBackends
class ProxyIT {

  private static TestGateway behindProxy;

  @BeforeAll
  static void start() {
    behindProxy =
        TestGateway.start(
            TestGateway.database(),
            TestGateway.folder(),
            "syris.http.public-url=https://syris.home",
            "syris.http.trusted-proxies=10.0.0.0/8,127.0.0.0/8");
  }

  @AfterAll
  static void stop() {
    behindProxy.close();
  }

  @Test
  void shouldAnswerToTheHostATrustedProxyNames() {
    // When
    int status = throughProxy(behindProxy, "syris.home").send().status();
    int itsPages =
        throughProxy(behindProxy, "syris.home")
            .header("Origin", "https://syris.home")
            .send()
            .status();
    // Then
    assertThat(status).isEqualTo(200);
    assertThat(itsPages).isEqualTo(200);
  }

  @Test
  void shouldRefuseAForeignHostAlsoWhenATrustedProxyNamesIt() {
    // When
    var reply = throughProxy(behindProxy, "evil.example").send();
    // Then
    assertThat(reply.status()).isEqualTo(421);
    assertThat(reply.code()).isEqualTo("host.foreign");
  }

  @Test
  void shouldTakeTheWordOfNobodyWhenNoProxyIsListed() {
    // Given
    TestGateway open = TestGateway.shared();
    // When
    int named = throughProxy(open, "evil.example").send().status();
    int foreign = throughProxy(open, "127.0.0.1").header("Host", "evil.example").send().status();
    // Then
    assertThat(named).isEqualTo(200);
    assertThat(foreign).isEqualTo(421);
  }

  @Test
  void shouldNameTheSettingWhenItIsNoRange() {
    assertThatThrownBy(
            () ->
                TestGateway.start(
                    TestGateway.database(),
                    TestGateway.folder(),
                    "syris.http.trusted-proxies=proxy.home"))
        .hasStackTraceContaining("syris.http.trusted-proxies: \"proxy.home\" is no IP address");
  }

  private static Call throughProxy(TestGateway gateway, String host) {
    return gateway
        .call("GET", "/state")
        .token(gateway.operator())
        .header("X-Forwarded-For", "203.0.113.9")
        .header("X-Forwarded-Proto", "https")
        .header("X-Forwarded-Host", host);
  }
}

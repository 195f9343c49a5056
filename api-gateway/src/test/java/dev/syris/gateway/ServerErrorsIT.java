package dev.syris.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.gateway.fixture.RawHttp;
import dev.syris.gateway.fixture.Reply;
import dev.syris.gateway.fixture.TestGateway;
import dev.syris.testkit.WithBackends;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server refuses before anything of ours is asked says nothing about the server. */
@WithBackends
class ServerErrorsIT {

  private static final TestGateway GATEWAY = TestGateway.shared();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "GET /health HTTP/1.1\r\n\r\n",
        "GET /health HTTP/9.9\r\nHost: localhost\r\n\r\n",
        "GET /health\u0001 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /a%00b HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /a%2fb HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        "GET http://evil.example/health HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST /events HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
        "POST /events HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n",
        "G<ET /health HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "TRACE /health HTTP/1.1\r\nHost: localhost\r\n\r\n",
      })
  void shouldSayNothingOfItself(String request) {
    // When
    Reply reply = RawHttp.exchange(GATEWAY.port(), request.getBytes(StandardCharsets.ISO_8859_1));
    // Then
    assertThat(reply.status()).isBetween(400, 505);
    assertThat(reply.text())
        .doesNotContainIgnoringCase("tomcat")
        .doesNotContainIgnoringCase("apache")
        .doesNotContain("<html")
        .doesNotContain("\tat ");
    assertThat(reply.headers()).doesNotContainKey("server");
  }

  @Test
  void shouldRefuseHeadersThatAreTooLarge() {
    // When
    Reply reply = GATEWAY.call("GET", "/health").header("X-Large", "x".repeat(20_000)).send();
    // Then
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).doesNotContainIgnoringCase("tomcat").doesNotContain("<html");
  }

  @Test
  void shouldRefuseAQueryThatCannotBeDecoded() {
    // When
    Reply list = GATEWAY.get("/events?channel=%zz");
    Reply other = GATEWAY.get("/state?x=%zz");
    // Then
    assertThat(list.status()).isEqualTo(400);
    assertThat(other.status()).isEqualTo(400);
    assertThat(list.code()).isNotEmpty();
  }
}

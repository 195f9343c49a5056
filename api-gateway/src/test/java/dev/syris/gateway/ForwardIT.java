package dev.syris.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.gateway.fixture.Call;
import dev.syris.gateway.fixture.FakeService;
import dev.syris.gateway.fixture.FakeService.Answer;
import dev.syris.gateway.fixture.FakeService.Received;
import dev.syris.gateway.fixture.RawHttp;
import dev.syris.gateway.fixture.Reply;
import dev.syris.gateway.fixture.TestGateway;
import dev.syris.platform.assertion.CallerAssertion;
import dev.syris.testkit.WithBackends;
import java.io.BufferedInputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@WithBackends
class ForwardIT {

  private static final int MIB = 1024 * 1024;
  private static final TestGateway GATEWAY = TestGateway.shared();
  private static final FakeService INGEST = GATEWAY.ingest();
  private static final String SENDER = GATEWAY.token("ingest");

  private final CallerAssertion assertions =
      new CallerAssertion(TestGateway.ASSERTION_KEY, InstantSource.system());

  @BeforeEach
  void listen() {
    INGEST.received().clear();
  }

  @AfterEach
  void answerAsUsual() {
    INGEST.answer(request -> new Answer(202, "{}", Map.of()));
  }

  @Test
  void shouldHandAChangeOfAnIntegrationToItsOwnerForAnAdminOnly() {
    // Given
    INGEST.answer(request -> new Answer(200, "{\"enabled\":false}", Map.of()));
    String path = "/integrations/http";
    byte[] body = "{\"enabled\": false}".getBytes(StandardCharsets.UTF_8);
    // When
    Reply refused =
        GATEWAY
            .call("PATCH", path)
            .token(SENDER)
            .header("Content-Type", "application/json")
            .body(body)
            .send();
    Reply reply =
        GATEWAY
            .call("PATCH", path)
            .token(GATEWAY.operator())
            .header("Content-Type", "application/json")
            .body(body)
            .send();
    // Then
    assertThat(refused.status()).isEqualTo(403);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(only().method()).isEqualTo("PATCH");
    assertThat(only().uri().getPath()).isEqualTo(path);
    assertThat(only().body()).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldHandOverTheVeryBytes(boolean chunked) {
    // Given
    var bytes = new byte[MIB];
    new Random(1).nextBytes(bytes);
    Call call = events().header("Content-Type", "application/json").body(bytes);
    // When
    Reply reply = (chunked ? call.chunked() : call).send();
    // Then
    assertThat(reply.status()).isEqualTo(202);
    assertThat(only().body()).isEqualTo(bytes);
    assertThat(only().headers().getFirst("Content-length")).isEqualTo(Integer.toString(MIB));
    assertThat(only().headers()).doesNotContainKey("Transfer-encoding");
  }

  @Test
  void shouldVouchForTheCallerAndStripWhatIsNotForTheService() {
    // When
    events()
        .header("Syris-Assertion", "forged")
        .header("Syris-Anything", "forged")
        .header("Cookie", "a=b")
        .header("X-Forwarded-For", "1.2.3.4")
        .header("X-Hop", "1")
        .header("Connection", "close, X-Hop")
        .header("Idempotency-Key", "k1")
        .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
        .header("X-Custom", "stays")
        .json("{}")
        .send();
    // Then
    Received got = only();
    assertThat(got.headers())
        .doesNotContainKeys("Authorization", "Syris-anything", "Cookie", "X-forwarded-for", "X-hop")
        .containsKeys("Idempotency-key", "Traceparent", "X-custom");
    assertThat(got.headers().get("Syris-assertion")).hasSize(1);
    var verdict = assertions.verify(got.headers().getFirst("Syris-Assertion"), "POST", "/events");
    assertThat(verdict)
        .isInstanceOfSatisfying(
            CallerAssertion.Result.Valid.class,
            valid -> {
              assertThat(valid.caller().scopes()).containsExactly("ingest");
              assertThat(valid.caller().name()).isEqualTo("test");
            });
  }

  @Test
  void shouldLetAWebhookInWithoutATokenAndNameItsCallerWhereThereIsOne() {
    // When
    Reply anonymous =
        GATEWAY.call("POST", "/webhooks/gar%20age?x=1&y=%2F").json("{\"a\":1}").send();
    GATEWAY.call("POST", "/webhooks/door").token(SENDER).json("{}").send();
    // Then
    assertThat(anonymous.status()).isEqualTo(202);
    assertThat(INGEST.received())
        .extracting(got -> got.uri().toString())
        .containsExactly("/webhooks/gar%20age?x=1&y=%2F", "/webhooks/door");
    assertThat(callerOf(0, "/webhooks/gar%20age")).isEqualTo("anonymous");
    assertThat(callerOf(1, "/webhooks/door")).isEqualTo("test");
  }

  @Test
  void shouldLeaveAFormAsItIs() {
    // When
    GATEWAY
        .call("POST", "/webhooks/door")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body("a=1&b=%20&a=2".getBytes(StandardCharsets.UTF_8))
        .send();
    // Then
    assertThat(only().body()).asString().isEqualTo("a=1&b=%20&a=2");
  }

  @Test
  void shouldPassTheAnswerBack() {
    // Given
    INGEST.answer(
        request ->
            new Answer(
                422,
                "{\"code\":\"x\"}",
                Map.of(
                    "Content-Type",
                    "application/problem+json",
                    "X-Answer",
                    "1",
                    "Set-Cookie",
                    "a=b")));
    // When
    Reply reply = events().json("{}").send();
    // Then
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).isEqualTo("{\"code\":\"x\"}");
    assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
    assertThat(reply.header("x-answer")).isEqualTo("1");
    assertThat(reply.headers()).doesNotContainKey("set-cookie");
    assertThat(reply.headers().get("cache-control")).containsExactly("no-store");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldRefuseOneByteTooMany(boolean chunked) {
    // Given
    Call call = events().header("Content-Type", "application/json").body(new byte[MIB + 1]);
    // When
    Reply reply = (chunked ? call.chunked() : call).send();
    // Then
    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.code()).isEqualTo("body.too_large");
    assertThat(INGEST.received()).isEmpty();
  }

  @Test
  void shouldRefuseToReadOnWhereMoreIsAnnounced() throws Exception {
    // Given
    byte[] head =
        new String(
                events().header("Content-Length", "9999999").bytes(), StandardCharsets.ISO_8859_1)
            .replace("Content-Length: 0", "Content-Length: 9999999")
            .getBytes(StandardCharsets.ISO_8859_1);
    // When
    Reply reply = RawHttp.exchange(GATEWAY.port(), head);
    // Then
    assertThat(reply.status()).isEqualTo(413);
  }

  @Test
  void shouldNotSendAPostTwice() {
    // Given
    INGEST.answer(request -> new Answer(0, "", Map.of()));
    // When
    Reply reply = events().json("{}").send();
    // Then
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.code()).isEqualTo("ingest.no_answer");
    assertThat(reply.header("retry-after")).isEqualTo("1");
    assertThat(INGEST.received()).hasSize(1);
  }

  @Test
  void shouldSayWhenTheServiceIsAway() {
    // Given
    try (var gateway =
        TestGateway.start(
            TestGateway.database(),
            TestGateway.folder(),
            "syris.services.ingest=http://127.0.0.1:1")) {
      // When
      Reply reply = gateway.call("POST", "/events").token(gateway.operator()).json("{}").send();
      // Then
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.code()).isEqualTo("ingest.unavailable");
      assertThat(reply.header("retry-after")).isEqualTo("1");
    }
  }

  @Test
  void shouldNotWaitForeverForASlowBody() throws Exception {
    // Given
    try (var gateway =
            TestGateway.start(
                TestGateway.database(), TestGateway.folder(), "syris.http.body-timeout=500ms");
        var socket = new Socket("127.0.0.1", gateway.port())) {
      byte[] whole =
          gateway.call("POST", "/events").token(gateway.operator()).json("{\"a\":1}").bytes();
      socket.getOutputStream().write(whole, 0, whole.length - 5);
      // When
      await()
          .pollInterval(java.time.Duration.ofMillis(100))
          .during(java.time.Duration.ofMillis(700))
          .until(() -> true);
      socket.getOutputStream().write('x');
      Reply reply = RawHttp.read(new BufferedInputStream(socket.getInputStream()));
      // Then
      assertThat(reply.status()).isEqualTo(408);
      assertThat(reply.code()).isEqualTo("body.too_slow");
      assertThat(reply.header("connection")).isEqualTo("close");
    }
  }

  private static Call events() {
    return GATEWAY.call("POST", "/events").token(SENDER);
  }

  private static Received only() {
    assertThat(INGEST.received()).hasSize(1);
    return INGEST.received().getFirst();
  }

  private String callerOf(int index, String path) {
    String header = INGEST.received().get(index).headers().getFirst("Syris-Assertion");
    return ((CallerAssertion.Result.Valid) assertions.verify(header, "POST", path)).caller().name();
  }
}

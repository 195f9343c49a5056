package dev.syris.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.topic.Headers;
import dev.syris.contracts.topic.RawEventHeaders;
import dev.syris.platform.assertion.Caller;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.WithBackends;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@WithBackends
class WebhooksIT {

  private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
  private static RunningIngest ingest;

  @BeforeAll
  static void start() {
    ingest =
        RunningIngest.start(
            TestBackends.kafka("ingest"),
            TestBackends.freshDatabase().as("syris_ingest"),
            Map.of(
                "syris.ingest.connectors.shop.auth", "standard-webhooks",
                "syris.ingest.connectors.shop.secret",
                    "whsec_" + Base64.getEncoder().encodeToString(KEY),
                "syris.ingest.connectors.code.auth", "github",
                "syris.ingest.connectors.code.secret", new String(KEY, UTF_8),
                "syris.ingest.connectors.bell.auth", "shared-header",
                "syris.ingest.connectors.bell.secret", new String(KEY, UTF_8),
                "syris.ingest.connectors.bell.channel", "mqtt",
                "syris.ingest.connectors.phone.granted-scopes", "timer"));
  }

  @AfterAll
  static void stop() {
    ingest.close();
  }

  @Test
  void shouldTakeAStandardWebhook() {
    // Given
    String body = "{\"type\":\"order.paid\", \"data\":{\"total\":1.50}}";
    String at = Long.toString(Instant.now().getEpochSecond());
    byte[] code = hmac("msg_1." + at + "." + body);

    // When
    HttpResponse<String> response =
        ingest.post(
            "/webhooks/shop",
            body.getBytes(UTF_8),
            Caller.ANONYMOUS,
            "Content-Type",
            "application/json",
            "webhook-id",
            "msg_1",
            "webhook-timestamp",
            at,
            "webhook-signature",
            "v1," + Base64.getEncoder().encodeToString(code));

    // Then
    ConsumerRecord<String, byte[]> written = written(response);
    assertThat(new String(written.value(), UTF_8))
        .isEqualTo(
            "{\"channel\":\"webhook\",\"connector_id\":\"shop\",\"message_id\":\"msg_1\",\"structured\":"
                + body
                + "}");
    assertThat(Headers.text(written.headers(), RawEventHeaders.GRANT)).isEqualTo("connector");
  }

  @Test
  void shouldTakeAFormFromGithubWithItsBytesUntouched() {
    // Given
    String form = "payload=%7B%22action%22%3A%22opened%22%7D";

    // When
    HttpResponse<String> response =
        ingest.post(
            "/webhooks/code",
            form.getBytes(UTF_8),
            Caller.ANONYMOUS,
            "Content-Type",
            "application/x-www-form-urlencoded",
            "X-GitHub-Event",
            "issues",
            "X-GitHub-Delivery",
            "d-1",
            "X-Hub-Signature-256",
            "sha256=" + HexFormat.of().formatHex(hmac(form)));

    // Then
    assertThat(new String(written(response).value(), UTF_8))
        .endsWith(
            "\"structured\":{\"action\":\"opened\",\"_headers\":{\"x-github-event\":\"issues\"}}}");
  }

  @Test
  void shouldTakeASharedSecretAndSpeakOnTheConnectorsChannel() {
    // When
    HttpResponse<String> response =
        ingest.post(
            "/webhooks/bell",
            "ring a=1&b=2".getBytes(UTF_8),
            Caller.ANONYMOUS,
            "Content-Type",
            "text/plain",
            "X-Syris-Secret",
            new String(KEY, UTF_8));

    // Then
    assertThat(new String(written(response).value(), UTF_8))
        .isEqualTo(
            "{\"channel\":\"mqtt\",\"connector_id\":\"bell\",\"structured\":{\"body\":\"ring"
                + " a=1&b=2\"}}");
  }

  @Test
  void shouldTakeATokenAndGiveTheSameAnswerToARepeatWithTheSameKey() {
    // Given
    String[] headers = {"Content-Type", "application/json", "Idempotency-Key", "delivery-7"};
    byte[] body = "{\"n\":1}".getBytes(UTF_8);

    // When
    HttpResponse<String> first =
        ingest.post("/webhooks/phone", body, RunningIngest.WITH_INGEST, headers);
    HttpResponse<String> second =
        ingest.post("/webhooks/phone", body, RunningIngest.WITH_INGEST, headers);

    // Then
    assertThat(new String(written(first).value(), UTF_8)).contains("\"message_id\":\"delivery-7\"");
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
  }

  @Test
  void shouldRefuseAndTellNothingOfTheSecretWhenTheProofIsWrong() {
    // When
    HttpResponse<String> response =
        ingest.post(
            "/webhooks/bell",
            "{}".getBytes(UTF_8),
            RunningIngest.WITH_INGEST,
            "Content-Type",
            "application/json",
            "X-Syris-Secret",
            "guess-me");

    // Then
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate")).contains("shared-header");
    assertThat(response.body())
        .contains("\"code\":\"webhook.secret_mismatch\"", "urn:syris:problem:webhook-refused")
        .doesNotContain("guess-me", "0123456789");
  }

  @Test
  void shouldKnowNoWebhookOfAnUndeclaredConnector() {
    // When
    HttpResponse<String> response =
        ingest.post(
            "/webhooks/nobody",
            "{}".getBytes(UTF_8),
            RunningIngest.WITH_INGEST,
            "Content-Type",
            "application/json");

    // Then
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(Json.mapper().readTree(response.body()).get("code").asString())
        .isEqualTo("webhook.unknown_connector");
  }

  @Test
  void shouldTellHowEachWebhookFared() {
    // Given
    ingest.post(
        "/webhooks/phone",
        "{".getBytes(UTF_8),
        RunningIngest.WITH_INGEST,
        "Content-Type",
        "application/json");

    // When
    JsonNode health = Json.mapper().readTree(ingest.getOpen("/internal/health").body());

    // Then
    assertThat(health.at("/probes/webhooks/connectors/phone/last_refusal").asString())
        .isEqualTo("event.malformed");
  }

  private static byte[] hmac(String content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
      return mac.doFinal(content.getBytes(UTF_8));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ConsumerRecord<String, byte[]> written(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    String eventId = Json.mapper().readTree(response.body()).get("event_id").asString();
    return RunningIngest.rawEvents(TestBackends.kafka()).stream()
        .filter(
            message -> eventId.equals(Headers.text(message.headers(), RawEventHeaders.EVENT_ID)))
        .findFirst()
        .orElseThrow();
  }
}

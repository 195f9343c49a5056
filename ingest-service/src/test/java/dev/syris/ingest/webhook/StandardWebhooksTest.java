package dev.syris.ingest.webhook;

import static dev.syris.ingest.webhook.Deliveries.codeOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syris.ingest.http.IngestProblem;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandardWebhooksTest {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final String AT = "1614265330";
  private static final String BODY = "{\"test\": 2432232314}";

  /** Made with OpenSSL. */
  private static final String GOOD = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  private static final String BAD = "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  private final StandardWebhooks auth = new StandardWebhooks(SECRET);

  @Test
  void shouldProveTheDeliveryAndTakeItsIdWhenTheSignatureFits() {
    // When
    Verdict verdict = auth.verify(delivery(ID, AT, GOOD));

    // Then
    assertThat(verdict).isEqualTo(new Verdict.Proven(ID));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        BAD + " " + GOOD,
        GOOD + " " + BAD,
        "v1a,xyz  " + GOOD,
        "v1,not-base64! " + GOOD,
        "v1, " + GOOD
      })
  void shouldProveTheDeliveryWhenOneOfSeveralSignaturesFits(String signatures) {
    assertThat(codeOf(auth.verify(delivery(ID, AT, signatures)))).isEqualTo("proven");
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of("webhook.id_missing", null, AT, GOOD),
        Arguments.of("webhook.id_malformed", "msg.1", AT, GOOD),
        Arguments.of("webhook.id_malformed", "msg 1", AT, GOOD),
        Arguments.of("webhook.id_malformed", "m".repeat(257), AT, GOOD),
        Arguments.of("webhook.timestamp_missing", ID, null, GOOD),
        Arguments.of("webhook.timestamp_malformed", ID, "now", GOOD),
        Arguments.of("webhook.timestamp_malformed", ID, "-1", GOOD),
        Arguments.of("webhook.timestamp_malformed", ID, "1614265330.0", GOOD),
        Arguments.of("webhook.timestamp_malformed", ID, "9".repeat(40), GOOD),
        Arguments.of("webhook.timestamp_too_old", ID, "0", GOOD),
        Arguments.of("webhook.timestamp_too_new", ID, "999999999999", GOOD),
        Arguments.of("webhook.signature_missing", ID, AT, null),
        Arguments.of("webhook.signature_missing", ID, AT, " "),
        Arguments.of("webhook.signature_unsupported", ID, AT, "v1a,AAAA v2,AAAA"),
        Arguments.of("webhook.signature_mismatch", ID, AT, BAD),
        Arguments.of("webhook.signature_mismatch", ID, AT, BAD + " " + BAD),
        Arguments.of("webhook.signature_mismatch", ID, AT, GOOD.substring(0, 20)),
        Arguments.of("webhook.signature_mismatch", ID, AT, "v1,"),
        Arguments.of("webhook.signature_mismatch", "msg_other", AT, GOOD),
        Arguments.of("webhook.signature_mismatch", ID, "1614265331", GOOD));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void shouldNameTheFailureWhenItIsNotProven(
      String code, String id, String timestamp, String signature) {
    // When
    Verdict verdict = auth.verify(delivery(id, timestamp, signature));

    // Then
    assertThat(codeOf(verdict)).isEqualTo(code);
    assertThat(((Verdict.Unproven) verdict).refusal().type())
        .isEqualTo(IngestProblem.WEBHOOK_REFUSED);
    assertThat(((Verdict.Unproven) verdict).refusal().challenge()).isEqualTo("standard-webhooks");
  }

  @ParameterizedTest
  @CsvSource({
    "-300, proven",
    "-301, webhook.timestamp_too_old",
    "300, proven",
    "301, webhook.timestamp_too_new"
  })
  void shouldTolerateFiveMinutesBothWays(long seconds, String expected) {
    // Given
    String timestamp = Long.toString(Deliveries.NOW.getEpochSecond() + seconds);

    // When
    Verdict verdict = auth.verify(delivery(ID, timestamp, sign(ID, timestamp, BODY)));

    // Then
    assertThat(codeOf(verdict)).isEqualTo(expected);
  }

  @Test
  void shouldRefuseWhenOneByteOfTheBodyDiffers() {
    // Given
    Delivery tampered =
        Deliveries.of(
            BODY + " ", "webhook-id", ID, "webhook-timestamp", AT, "webhook-signature", GOOD);

    // When / Then
    assertThat(codeOf(auth.verify(tampered))).isEqualTo("webhook.signature_mismatch");
  }

  @Test
  void shouldTakeASecretWithoutItsPrefix() {
    assertThat(codeOf(new StandardWebhooks(SECRET.substring(6)).verify(delivery(ID, AT, GOOD))))
        .isEqualTo("proven");
  }

  @ParameterizedTest
  @ValueSource(strings = {"whsec_", "whsec_not base64", "a_b!"})
  void shouldRefuseASecretThatIsNone(String secret) {
    assertThatThrownBy(() -> new StandardWebhooks(secret))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("not base64!")
        .hasMessageNotContaining("a_b");
  }

  private static Delivery delivery(String id, String timestamp, String signature) {
    var headers = new java.util.ArrayList<String>();
    add(headers, "Webhook-Id", id);
    add(headers, "Webhook-Timestamp", timestamp);
    add(headers, "Webhook-Signature", signature);
    return Deliveries.of(BODY, headers.toArray(String[]::new));
  }

  private static void add(java.util.List<String> headers, String name, String value) {
    if (value != null) {
      headers.add(name);
      headers.add(value);
    }
  }

  private static String sign(String id, String timestamp, String body) {
    byte[] key = Base64.getDecoder().decode(SECRET.substring(6));
    byte[] code = new HmacKey(key).sign((id + "." + timestamp + "." + body).getBytes());
    return "v1," + Base64.getEncoder().encodeToString(code);
  }
}

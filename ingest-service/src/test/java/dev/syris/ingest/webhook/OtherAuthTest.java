package dev.syris.ingest.webhook;

import static dev.syris.ingest.webhook.Deliveries.codeOf;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.platform.assertion.Caller;
import dev.syris.platform.problem.CommonProblem;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherAuthTest {

  @Nested
  class Github {

    /** GitHub's own example. */
    private static final String SIGNATURE =
        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    private final GithubSignature auth = new GithubSignature("It's a Secret to Everybody");

    @Test
    void shouldProveTheDeliveryAndTakeItsIdWhenTheSignatureFits() {
      // Given
      Delivery delivery =
          Deliveries.of(
              "Hello, World!", "x-hub-signature-256", SIGNATURE, "x-github-delivery", "72d3162e");

      // When / Then
      assertThat(auth.verify(delivery)).isEqualTo(new Verdict.Proven("72d3162e"));
    }

    @Test
    void shouldNotMindTheCaseOfTheDigits() {
      // Given
      String signature = "sha256=" + SIGNATURE.substring(7).toUpperCase(Locale.ROOT);

      // When / Then
      assertThat(auth.verify(Deliveries.of("Hello, World!", "X-Hub-Signature-256", signature)))
          .isEqualTo(new Verdict.Proven(null));
    }

    @Test
    void shouldNameTheFailureWhenItIsNotProven() {
      assertThat(codeOf(auth.verify(Deliveries.of("Hello, World!"))))
          .isEqualTo("webhook.signature_missing");
      assertThat(
              codeOf(auth.verify(Deliveries.of("Hello, World!", "X-Hub-Signature-256", "sha1=00"))))
          .isEqualTo("webhook.signature_malformed");
      assertThat(
              codeOf(
                  auth.verify(
                      Deliveries.of("Hello, World!", "X-Hub-Signature-256", SIGNATURE + "0"))))
          .isEqualTo("webhook.signature_malformed");
      assertThat(
              codeOf(auth.verify(Deliveries.of("Hello, world!", "X-Hub-Signature-256", SIGNATURE))))
          .isEqualTo("webhook.signature_mismatch");
    }
  }

  @Nested
  class Shared {

    private final SharedHeader auth = new SharedHeader("geheim-ü");

    @Test
    void shouldProveTheDeliveryWhenTheSecretIsRight() {
      // Given
      String asTheContainerReadsIt = new String("geheim-ü".getBytes(UTF_8), ISO_8859_1);

      // When / Then
      assertThat(auth.verify(Deliveries.of("{}", "X-Syris-Secret", asTheContainerReadsIt)))
          .isEqualTo(new Verdict.Proven(null));
    }

    @Test
    void shouldNameTheFailureWhenItIsNotProven() {
      assertThat(codeOf(auth.verify(Deliveries.of("{}")))).isEqualTo("webhook.secret_missing");
      assertThat(codeOf(auth.verify(Deliveries.of("{}", "X-Syris-Secret", "geheim"))))
          .isEqualTo("webhook.secret_mismatch");
    }
  }

  @Nested
  class Token {

    private final IngestToken auth = new IngestToken();

    @ParameterizedTest
    @CsvSource({"ingest, proven", "admin, proven", "read, scope.missing"})
    void shouldAskForTheScope(String scope, String expected) {
      // Given
      var caller = new Caller("token-1", "phone", Set.of(scope));

      // When / Then
      assertThat(codeOf(auth.verify(Deliveries.of(caller, new byte[0])))).isEqualTo(expected);
    }

    @Test
    void shouldAskForATokenWhenThereIsNone() {
      // When
      var verdict = (Verdict.Unproven) auth.verify(Deliveries.of("{}"));

      // Then
      assertThat(verdict.refusal().code()).isEqualTo("webhook.token_missing");
      assertThat(verdict.refusal().challenge()).isEqualTo("Bearer");
      assertThat(verdict.refusal().type()).isNotEqualTo(CommonProblem.FORBIDDEN);
    }

    @ParameterizedTest
    @CsvSource({
      "Idempotency-Key, Webhook-Id, a",
      "Webhook-Id, X-Delivery-Id, a",
      "X-Delivery-Id, X-Request-Id, a",
      "X-Request-Id, X-Other, a"
    })
    void shouldTakeTheDeliveryIdFromTheFirstHeaderThatIsThere(
        String first, String second, String expected) {
      // Given
      var caller = new Caller("token-1", "phone", Set.of("ingest"));

      // When
      Verdict verdict = auth.verify(Deliveries.of(caller, new byte[0], second, "b", first, "a"));

      // Then
      assertThat(verdict).isEqualTo(new Verdict.Proven(expected));
    }
  }
}

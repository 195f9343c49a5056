package dev.syris.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.ingest.http.Reading.Refused;
import dev.syris.platform.assertion.Caller;
import dev.syris.platform.secret.SecretName;
import dev.syris.platform.secret.SecretValue;
import dev.syris.platform.secret.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;

class StoredAuthTest {

  private static final String KEY = "syris.ingest.connectors.bell.secret";
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private Optional<SecretValue> stored = Optional.empty();
  private boolean away;
  private final AtomicInteger lookups = new AtomicInteger();

  private final Secrets secrets =
      _ -> {
        lookups.incrementAndGet();
        if (away) {
          throw new DataAccessResourceFailureException("away");
        }
        return stored;
      };

  private final StoredAuth auth =
      new StoredAuth(KEY, new SecretName("bell/hook"), secrets, StoredAuthTest::sharedHeader);

  @Test
  void shouldStayShutUntilTheSecretIsSetAndOpenWithoutARestart() {
    // When
    Verdict before = auth.verify(delivery("s3cret", NOON));
    stored = Optional.of(new SecretValue("s3cret"));
    Verdict after = auth.verify(delivery("s3cret", NOON.plusSeconds(2)));
    // Then
    assertThat(refusal(before).code()).isEqualTo("webhook.secret_not_set");
    assertThat(refusal(before).detail()).contains("./syris secret set").doesNotContain("bell/hook");
    assertThat(refusal(before).type().status().value()).isEqualTo(503);
    assertThat(after).isInstanceOf(Verdict.Proven.class);
  }

  @Test
  void shouldFollowAChangeWithinASecondAndLookUpNoOftener() {
    // Given
    stored = Optional.of(new SecretValue("old"));
    auth.verify(delivery("old", NOON));
    stored = Optional.of(new SecretValue("new"));
    // When
    Verdict atOnce = auth.verify(delivery("old", NOON.plusMillis(500)));
    Verdict later = auth.verify(delivery("old", NOON.plus(Duration.ofSeconds(1))));
    // Then
    assertThat(atOnce).isInstanceOf(Verdict.Proven.class);
    assertThat(refusal(later).code()).isEqualTo("webhook.secret_mismatch");
    assertThat(lookups).hasValue(2);
  }

  @Test
  void shouldGoOnWithTheLastSecretWhileTheDatabaseIsAway() {
    // Given
    stored = Optional.of(new SecretValue("s3cret"));
    auth.verify(delivery("s3cret", NOON));
    away = true;
    // When
    Verdict verdict = auth.verify(delivery("s3cret", NOON.plusSeconds(60)));
    // Then
    assertThat(verdict).isInstanceOf(Verdict.Proven.class);
  }

  @Test
  void shouldNotRepeatASecretThatIsOfNoUse() {
    // Given
    var picky = new StoredAuth(KEY, new SecretName("shop/hook"), secrets, StandardWebhooks::new);
    stored = Optional.of(new SecretValue("whsec_hunter2!"));
    // When
    Refused refused = refusal(picky.verify(delivery("x", NOON)));
    // Then
    assertThat(refused.code()).isEqualTo("webhook.secret_unusable");
    assertThat(refused.detail()).contains("base64").doesNotContain("hunter2");
  }

  private static WebhookAuth sharedHeader(String secret) {
    return new SharedHeader(secret);
  }

  private static Refused refusal(Verdict verdict) {
    return ((Verdict.Unproven) verdict).refusal();
  }

  private static Delivery delivery(String secret, Instant at) {
    var headers = new HttpHeaders();
    headers.set(SharedHeader.HEADER, secret);
    return new Delivery(headers, new byte[0], Caller.ANONYMOUS, at);
  }
}

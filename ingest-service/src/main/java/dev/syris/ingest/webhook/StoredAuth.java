package dev.syris.ingest.webhook;

import dev.syris.ingest.http.IngestProblem;
import dev.syris.ingest.http.Reading.Refused;
import dev.syris.platform.secret.SecretName;
import dev.syris.platform.secret.SecretValue;
import dev.syris.platform.secret.Secrets;
import dev.syris.platform.secret.UnreadableSecretException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * An authentication whose secret is in the store: looked up at the moment of use, at most once a
 * second, so that what the operator sets, changes or removes holds without a restart. While the
 * database is away the last one holds: nobody can have changed it. Thread-safe.
 */
final class StoredAuth implements WebhookAuth {

  private static final Logger LOG = LoggerFactory.getLogger(StoredAuth.class);
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final String key;
  private final SecretName name;
  private final Secrets secrets;
  private final Function<String, WebhookAuth> make;
  private volatile @Nullable Known known;

  /**
   * @param key where the reference is written, for messages
   * @param make makes an authentication of a secret; refuses with IllegalArgumentException
   */
  StoredAuth(String key, SecretName name, Secrets secrets, Function<String, WebhookAuth> make) {
    this.key = key;
    this.name = name;
    this.secrets = secrets;
    this.make = make;
  }

  /** What was found last; without an authentication where the secret is not set or of no use. */
  private record Known(Instant at, @Nullable WebhookAuth auth, String code, String detail) {}

  @Override
  public Verdict verify(Delivery delivery) {
    Known now = current(delivery.receivedAt());
    return now.auth() == null
        ? new Verdict.Unproven(
            new Refused(IngestProblem.SECRET_UNAVAILABLE, now.code(), now.detail()))
        : now.auth().verify(delivery);
  }

  /** Says in the log what keeps the door shut; for the start. */
  void announce(Instant now) {
    Known found = current(now);
    if (found.auth() == null) {
      LOG.warn("{} refers to {}: {}", key, name, found.detail());
    }
  }

  private Known current(Instant now) {
    Known last = known;
    if (last != null && last.at().plus(FRESH).isAfter(now)) {
      return last;
    }
    try {
      Known found = look(now);
      known = found;
      return found;
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("the secret {} can't be looked up: {}", name, e.getClass().getSimpleName());
      return last != null
          ? last
          : closed(
              now, "webhook.secret_unavailable", "the connector's secret can't be read just now");
    }
  }

  private Known look(Instant now) {
    try {
      Optional<SecretValue> value = secrets.find(name);
      return value.isEmpty()
          ? closed(
              now,
              "webhook.secret_not_set",
              "the connector's secret is not set; ./syris secret set sets it")
          : new Known(now, make.apply(value.get().reveal()), "", "");
    } catch (UnreadableSecretException e) {
      LOG.error("{}: {}", key, e.getMessage());
      return closed(now, "webhook.secret_unavailable", "the connector's secret can't be read");
    } catch (IllegalArgumentException e) {
      return closed(
          now,
          "webhook.secret_unusable",
          "the connector's secret is of no use (%s); ./syris secret set sets another"
              .formatted(e.getMessage()));
    }
  }

  private static Known closed(Instant now, String code, String detail) {
    return new Known(now, null, code, detail);
  }
}

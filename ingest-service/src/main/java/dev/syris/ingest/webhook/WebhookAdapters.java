package dev.syris.ingest.webhook;

import dev.syris.contracts.connector.ConnectorAuth;
import dev.syris.contracts.connector.ConnectorSettings;
import dev.syris.contracts.connector.Via;
import dev.syris.platform.config.ConnectorsProperties;
import dev.syris.platform.secret.SecretName;
import dev.syris.platform.secret.SecretStore;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The webhooks of all connectors that are declared for HTTP. Made once, at start; thread-safe. */
final class WebhookAdapters {

  private final SecretStore secrets;
  private final Map<String, WebhookAdapter> byConnector;

  /**
   * Checks every secret, also of connectors that have no webhook.
   *
   * @throws IllegalStateException where one cannot be had or used; the message names its key, never
   *     its value
   */
  WebhookAdapters(ConnectorsProperties connectors, SecretStore secrets) {
    this.secrets = secrets;
    var adapters = new TreeMap<String, WebhookAdapter>();
    connectors
        .all()
        .forEach(
            (id, settings) -> {
              WebhookAuth auth = auth("syris.ingest.connectors." + id + ".secret", settings);
              if (settings.via().contains(Via.HTTP)) {
                adapters.put(id, new WebhookAdapter(id, settings, auth));
              }
            });
    this.byConnector = Collections.unmodifiableMap(adapters);
  }

  Optional<WebhookAdapter> of(String connectorId) {
    return Optional.ofNullable(byConnector.get(connectorId));
  }

  Collection<WebhookAdapter> all() {
    return byConnector.values();
  }

  void announce(Instant now) {
    byConnector.values().forEach(adapter -> adapter.announce(now));
  }

  private WebhookAuth auth(String key, ConnectorSettings settings) {
    String configured = settings.secret();
    if (configured != null && SecretName.isReference(configured)) {
      return stored(key, configured, settings.auth());
    }
    String secret = configured == null ? null : WrittenSecret.resolve(key, configured);
    try {
      return make(settings.auth(), secret);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(key + ": " + e.getMessage(), e);
    }
  }

  /** The secret may be set later; a reference that can never be followed stops the start. */
  private WebhookAuth stored(String key, String configured, ConnectorAuth auth) {
    SecretName name =
        SecretName.ofReference(configured)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        key
                            + " refers to a secret and does not name one; write secret:connector/key"));
    if (!secrets.hasKeys()) {
      throw new IllegalStateException(
          "%s refers to \"%s\", and there is no key to open secrets with; set SYRIS_SECRETS_KEY"
              .formatted(key, configured));
    }
    return new StoredAuth(key, name, secrets, secret -> make(auth, secret));
  }

  private static WebhookAuth make(ConnectorAuth auth, @Nullable String secret) {
    if (auth == ConnectorAuth.TOKEN) {
      return new IngestToken();
    }
    if (secret == null) {
      throw new IllegalArgumentException("is missing");
    }
    return switch (auth) {
      case STANDARD_WEBHOOKS -> new StandardWebhooks(secret);
      case GITHUB -> new GithubSignature(secret);
      case SHARED_HEADER -> new SharedHeader(secret);
      case TOKEN -> new IngestToken();
    };
  }
}

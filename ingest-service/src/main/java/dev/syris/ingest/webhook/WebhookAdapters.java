package dev.syris.ingest.webhook;

import dev.syris.contracts.connector.ConnectorSettings;
import dev.syris.contracts.connector.Via;
import dev.syris.platform.config.ConnectorsProperties;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The webhooks of all connectors that are declared for HTTP. Made once, at start; thread-safe. */
final class WebhookAdapters {

  private final Map<String, WebhookAdapter> byConnector;

  /**
   * Resolves every secret, also of connectors that have no webhook.
   *
   * @throws IllegalStateException where one cannot be had or used; the message names its key, never
   *     its value
   */
  WebhookAdapters(ConnectorsProperties connectors) {
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

  private static WebhookAuth auth(String key, ConnectorSettings settings) {
    String configured = settings.secret();
    String secret = configured == null ? null : Secrets.resolve(key, configured);
    try {
      return switch (settings.auth()) {
        case STANDARD_WEBHOOKS ->
            new StandardWebhooks(Objects.requireNonNull(secret, "is missing"));
        case GITHUB -> new GithubSignature(Objects.requireNonNull(secret, "is missing"));
        case SHARED_HEADER -> new SharedHeader(Objects.requireNonNull(secret, "is missing"));
        case TOKEN -> new IngestToken();
      };
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new IllegalStateException(key + ": " + e.getMessage(), e);
    }
  }
}

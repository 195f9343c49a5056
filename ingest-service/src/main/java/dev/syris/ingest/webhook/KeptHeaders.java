package dev.syris.ingest.webhook;

import dev.syris.contracts.connector.ConnectorAuth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The headers that say what a delivery is about, where the body does not. Pure. */
final class KeptHeaders {

  private static final int MAX_LENGTH = 256;

  private KeptHeaders() {}

  /** By their names in lower case. */
  static Map<String, String> of(ConnectorAuth auth, Delivery delivery) {
    var kept = new TreeMap<String, String>();
    for (String name : names(auth)) {
      String value = delivery.header(name);
      if (value != null && value.length() <= MAX_LENGTH) {
        kept.put(name.toLowerCase(Locale.ROOT), value);
      }
    }
    return kept;
  }

  private static List<String> names(ConnectorAuth auth) {
    return switch (auth) {
      case STANDARD_WEBHOOKS -> List.of();
      case GITHUB -> List.of("X-GitHub-Event");
      case SHARED_HEADER, TOKEN -> List.of("X-Event-Type", "X-Event-Key", "X-Gitlab-Event");
    };
  }
}

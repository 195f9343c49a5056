package dev.syris.ingest.webhook;

import dev.syris.platform.assertion.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * One request to a webhook, before anything about it is believed.
 *
 * @param body the bytes that were sent, over which signatures are made
 * @param caller who calls, as the gateway says
 */
record Delivery(HttpHeaders headers, byte[] body, Caller caller, Instant receivedAt) {

  /** A header's first value; null where it is absent or blank. */
  @Nullable String header(String name) {
    String value = headers.getFirst(name);
    return value == null || value.isBlank() ? null : value.strip();
  }
}

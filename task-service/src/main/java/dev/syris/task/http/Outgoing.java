package dev.syris.task.http;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One request about to be sent, with secrets in clear: never shown.
 *
 * @param headers the caller's, by name, in any case
 * @param body null where there is none
 * @param secretBody whether a secret was put into the body
 * @param idempotencyKey the same wherever it is redirected
 */
record Outgoing(
    String method,
    URI url,
    Map<String, String> headers,
    byte @Nullable [] body,
    @Nullable String contentType,
    boolean secretBody,
    String idempotencyKey) {

  Outgoing {
    var sorted = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(headers);
    headers = sorted;
  }

  boolean readOnly() {
    return HttpArgs.readOnly(method);
  }

  /** Scheme, host and port are the same: what the caller meant for one is meant for the other. */
  boolean sameOrigin(URI other) {
    return url.getScheme().equalsIgnoreCase(other.getScheme())
        && url.getHost().equalsIgnoreCase(other.getHost())
        && HttpArgs.port(url) == HttpArgs.port(other);
  }

  /**
   * The same request to where it was redirected; another origin gets none of the caller's headers.
   */
  Outgoing redirected(URI to) {
    return new Outgoing(
        method,
        to,
        sameOrigin(to) ? headers : Map.of(),
        body,
        contentType,
        secretBody,
        idempotencyKey);
  }

  @Override
  public String toString() {
    return method + " request";
  }
}

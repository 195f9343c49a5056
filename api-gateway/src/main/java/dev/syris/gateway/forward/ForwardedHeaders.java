package dev.syris.gateway.forward;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.cloud.gateway.server.mvc.filter.RemoveHopByHopRequestHeadersFilter;
import org.springframework.http.HttpHeaders;

/**
 * Which headers cross the gateway. What concerns one hop stays behind, and so does what only the
 * gateway may say ({@code Syris-*}), what proved the caller to the gateway, and what tells of the
 * browser or of proxies.
 */
final class ForwardedHeaders {

  private static final Set<String> HOP =
      RemoveHopByHopRequestHeadersFilter.HEADERS_REMOVED_ON_REQUEST;

  private static final Set<String> GATEWAY_ONLY =
      Set.of(
          "host",
          "authorization",
          "cookie",
          "expect",
          "content-length",
          "proxy-connection",
          "origin",
          "forwarded");

  private static final Set<String> SET_HERE =
      Set.of(
          "date",
          "server",
          "set-cookie",
          "cache-control",
          "x-content-type-options",
          "x-frame-options",
          "referrer-policy",
          "content-security-policy",
          "cross-origin-resource-policy");

  /** A page knows what it may load and where its form goes. */
  private static final Set<String> OF_PAGE = Set.of("content-security-policy", "referrer-policy");

  private ForwardedHeaders() {}

  /** What the service is told of a request. */
  static HttpHeaders request(HttpHeaders headers) {
    return without(
        headers,
        name ->
            GATEWAY_ONLY.contains(name)
                || name.startsWith("syris-")
                || name.startsWith("sec-")
                || name.startsWith("x-forwarded-"));
  }

  /** What the caller is told of the service's answer. */
  static HttpHeaders response(HttpHeaders headers) {
    return without(headers, name -> SET_HERE.contains(name) || name.startsWith("syris-"));
  }

  /** The same of a service's page. */
  static HttpHeaders page(HttpHeaders headers) {
    return without(
        headers,
        name -> (SET_HERE.contains(name) && !OF_PAGE.contains(name)) || name.startsWith("syris-"));
  }

  static boolean ofPage(String name) {
    return OF_PAGE.contains(name.toLowerCase(Locale.ROOT));
  }

  private static HttpHeaders without(HttpHeaders headers, Predicate<String> unwanted) {
    Set<String> named =
        headers.getOrEmpty(HttpHeaders.CONNECTION).stream()
            .flatMap(value -> Arrays.stream(value.split(",")))
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    var kept = new HttpHeaders();
    for (String name : List.copyOf(headers.headerNames())) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (!HOP.contains(lower) && !named.contains(lower) && !unwanted.test(lower)) {
        kept.addAll(name, headers.getOrEmpty(name));
      }
    }
    return kept;
  }
}

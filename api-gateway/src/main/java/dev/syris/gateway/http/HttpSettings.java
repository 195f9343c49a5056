package dev.syris.gateway.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The gateway's HTTP side.
 *
 * @param bind address to listen on
 * @param port port to listen on
 * @param publicUrl how browsers and other machines call the gateway, where that is not a loopback
 *     name
 * @param trustedProxies addresses and CIDR ranges of the proxies whose {@code X-Forwarded-For},
 *     {@code -Proto} and {@code -Host} are believed; by default nobody's
 * @param maxBody largest request body
 * @param bodyTimeout longest a body may take to arrive
 * @param bodyMemory all bodies being received or forwarded at one time
 * @param maxStreams live streams at one time
 */
@ConfigurationProperties("syris.http")
public record HttpSettings(
    @DefaultValue("127.0.0.1") String bind,
    @DefaultValue("7171") int port,
    @Nullable URI publicUrl,
    @DefaultValue List<String> trustedProxies,
    @DefaultValue("1MB") DataSize maxBody,
    @DefaultValue("10s") Duration bodyTimeout,
    @DefaultValue("32MB") DataSize bodyMemory,
    @DefaultValue("32") int maxStreams) {

  public HttpSettings {
    if (publicUrl != null && (publicUrl.getHost() == null || publicUrl.getScheme() == null)) {
      throw new IllegalArgumentException(
          "syris.http.public-url: \""
              + publicUrl
              + "\" has no scheme and host; write it like https://syris.home");
    }
    trustedProxies = List.copyOf(trustedProxies);
    proxies(trustedProxies);
    if (bodyMemory.compareTo(maxBody) < 0) {
      throw new IllegalArgumentException(
          "syris.http.body-memory must be at least syris.http.max-body");
    }
  }

  /** Who is trusted to tell of requests it passes on. */
  public TrustedProxies proxies() {
    return proxies(trustedProxies);
  }

  private static TrustedProxies proxies(List<String> ranges) {
    try {
      return new TrustedProxies(ranges);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "syris.http.trusted-proxies: " + e.getMessage() + "; write it like 10.0.0.0/8", e);
    }
  }
}

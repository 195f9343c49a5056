package dev.syris.gateway.health;

import dev.syris.platform.assertion.Caller;
import dev.syris.platform.assertion.CallerAssertion;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks another service for its meters: within a second and up to a size, or not at all. */
final class ServiceMeters {

  static final int MOST_BYTES = 2 * 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(ServiceMeters.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final String PATH = "/internal/metrics";

  private final String name;
  private final URI address;
  private final HttpClient client;
  private final CallerAssertion assertions;

  ServiceMeters(String name, URI base, HttpClient client, CallerAssertion assertions) {
    this.name = name;
    this.address = URI.create(base + PATH);
    this.client = client;
    this.assertions = assertions;
  }

  String name() {
    return name;
  }

  /** The service's meters in Prometheus' text format; empty where it gave none. */
  Optional<String> ask() throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(TIMEOUT)
            .header(CallerAssertion.HEADER, assertions.sign(Caller.ANONYMOUS, "GET", PATH))
            .GET()
            .build();
    try {
      HttpResponse<InputStream> answer =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        byte[] bytes = body.readNBytes(MOST_BYTES + 1);
        if (answer.statusCode() == 200 && bytes.length <= MOST_BYTES) {
          return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        }
        LOG.debug("{} answered {} and {} bytes", address, answer.statusCode(), bytes.length);
      }
    } catch (IOException e) {
      LOG.debug("{} did not answer: {}", address, e.toString());
    }
    return Optional.empty();
  }
}

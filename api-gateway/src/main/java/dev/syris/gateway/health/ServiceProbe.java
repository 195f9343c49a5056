package dev.syris.gateway.health;

import dev.syris.contracts.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** Asks another service how it is. */
final class ServiceProbe {

  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final String name;
  private final URI address;
  private final HttpClient client;

  ServiceProbe(String name, URI base, HttpClient client) {
    this.name = name;
    this.address = URI.create(base + "/internal/health");
    this.client = client;
  }

  String name() {
    return name;
  }

  Subsystem ask() throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(TIMEOUT).GET().build();
    try {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      Map<String, Object> body = Json.mapper().readValue(answer.body(), OBJECT);
      Object probes = body.getOrDefault("probes", Map.of());
      return new Subsystem(name, answer.statusCode() == 200, Map.of("probes", probes));
    } catch (IOException e) {
      return Subsystem.down(name, "does not answer: " + e.getClass().getSimpleName());
    } catch (JacksonException e) {
      return Subsystem.down(name, "its answer is no JSON");
    }
  }
}

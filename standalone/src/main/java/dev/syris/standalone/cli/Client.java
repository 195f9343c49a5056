package dev.syris.standalone.cli;

import dev.syris.contracts.json.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The REST side as the command line uses it. */
final class Client {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int FIRST_ERROR_STATUS = 400;
  private static final int NO_CONTENT = 204;

  private final String url;
  private final String token;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  Client(String url, String token) {
    this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    this.token = token;
  }

  String url() {
    return url;
  }

  JsonNode get(String path) throws IOException {
    return send(request(path).GET().build());
  }

  JsonNode post(String path, JsonNode body) throws IOException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(Json.bytes(body)))
            .build());
  }

  /**
   * Puts.
   *
   * @param tag of the version that is replaced; null where there must be none
   */
  JsonNode put(String path, JsonNode body, @Nullable String tag) throws IOException {
    HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
    if (tag == null) {
      request.header("If-None-Match", "*");
    } else {
      request.header("If-Match", tag);
    }
    return send(request.PUT(BodyPublishers.ofByteArray(Json.bytes(body))).build());
  }

  /**
   * Deletes.
   *
   * @param tag of the version that goes
   */
  void delete(String path, String tag) throws IOException {
    send(request(path).header("If-Match", tag).DELETE().build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(TIMEOUT)
        .header("Authorization", "Bearer " + token);
  }

  /**
   * Sends and reads.
   *
   * @throws IOException with the problem's own sentence where the answer is an error
   */
  private JsonNode send(HttpRequest request) throws IOException {
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      JsonNode body =
          response.statusCode() == NO_CONTENT
              ? Json.object()
              : Json.mapper().readTree(response.body());
      if (response.statusCode() >= FIRST_ERROR_STATUS) {
        throw new IOException(
            "%s %s: %d %s: %s"
                .formatted(
                    request.method(),
                    request.uri().getPath(),
                    response.statusCode(),
                    body.path("code").asString(""),
                    body.path("detail").asString(body.path("title").asString(""))));
      }
      return body;
    } catch (ConnectException e) {
      throw new IOException(
          "nothing answers at " + url + "; start it with ./syris up, or name another with --url",
          e);
    } catch (JacksonException e) {
      throw new IOException("the answer of " + request.uri() + " is no JSON; is that SYRIS?", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}

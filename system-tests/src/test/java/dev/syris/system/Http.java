package dev.syris.system;

import dev.syris.contracts.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The REST side as an outside client sees it. */
final class Http {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  private final String url;
  private final String token;

  Http(String url, String token) {
    this.url = url;
    this.token = token;
  }

  /** An answer, whatever it is. */
  record Answer(int status, String contentType, byte[] bytes) {
    JsonNode json() {
      return Json.mapper().readTree(bytes);
    }

    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** The status of {@code /health}, or 0 where nobody answers. */
  static int health(String url) {
    try {
      return CLIENT
          .send(request(url + "/health").GET().build(), BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static HttpRequest.Builder request(String address) {
    return HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(20));
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send(request(url + path).header("Authorization", "Bearer " + token).GET().build());
  }

  Answer post(String path, byte[] body) throws IOException, InterruptedException {
    return send(
        request(url + path)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  Answer post(String path, String body) throws IOException, InterruptedException {
    return post(path, body.getBytes(StandardCharsets.UTF_8));
  }

  Answer patch(String path, String body) throws IOException, InterruptedException {
    return send(
        request(url + path)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(body))
            .build());
  }

  Answer put(String path, String body) throws IOException, InterruptedException {
    return send(
        request(url + path)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body))
            .build());
  }

  Answer delete(String path) throws IOException, InterruptedException {
    return send(request(url + path).header("Authorization", "Bearer " + token).DELETE().build());
  }

  static Answer send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = CLIENT.send(request, BodyHandlers.ofByteArray());
    return new Answer(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        response.body());
  }

  /** The trace id of an accepted event. */
  String accept(String body) throws IOException, InterruptedException {
    Answer answer = post("/events", body);
    if (answer.status() != 202) {
      throw new AssertionError(
          "expected 202 for " + body + " but got " + answer.status() + ": " + answer.text());
    }
    return answer.json().path("trace_id").asString();
  }

  /** All audit records of a trace, in order. */
  List<JsonNode> audit(String trace) throws IOException, InterruptedException {
    return all("/audit?trace_id=" + trace);
  }

  List<String> auditTypes(String trace) throws IOException, InterruptedException {
    return audit(trace).stream().map(item -> item.path("type").asString()).toList();
  }

  /** Every item of a list, page by page. */
  List<JsonNode> all(String path) throws IOException, InterruptedException {
    var items = new ArrayList<JsonNode>();
    String base = path + (path.contains("?") ? "&" : "?") + "limit=500";
    String next = base;
    while (next != null) {
      Answer answer = get(next);
      if (answer.status() != 200) {
        throw new AssertionError(
            "expected 200 for " + next + " but got " + answer.status() + ": " + answer.text());
      }
      JsonNode page = answer.json();
      page.path("items").forEach(items::add);
      JsonNode cursor = page.path("next_cursor");
      next =
          cursor.isString()
              ? base + "&cursor=" + URLEncoder.encode(cursor.asString(), StandardCharsets.UTF_8)
              : null;
    }
    return items;
  }
}

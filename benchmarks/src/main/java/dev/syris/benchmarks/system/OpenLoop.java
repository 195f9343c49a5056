package dev.syris.benchmarks.system;

import dev.syris.contracts.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Events at a fixed rate, whatever the answers do; latency counts from when an event was due to be
 * sent.
 */
final class OpenLoop {

  static final int PER_SECOND = 50;
  static final int CONNECTORS = 16;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();
  private final Program.Running running;
  private final String token;
  private final IntFunction<String> body;

  /** Commands that the fast path makes calls of. */
  OpenLoop(Program.Running running) throws IOException {
    this(
        running,
        n ->
            "{\"channel\":\"api\",\"connector_id\":\"open-loop-%d\",\"text\":\"noop\"}"
                .formatted(n % CONNECTORS));
  }

  /**
   * Any events that each lead to one call.
   *
   * @param body of the n-th
   */
  OpenLoop(Program.Running running, IntFunction<String> body) throws IOException {
    this.running = running;
    this.token = running.token();
    this.body = body;
  }

  /**
   * What one run gave, in milliseconds.
   *
   * @param accepted from due to the 202
   * @param called from due to the recorded start of the call
   * @param executed from due to the call's recorded end
   */
  record Result(List<Double> accepted, List<Double> called, List<Double> executed) {

    static final Result NOTHING = new Result(List.of(), List.of(), List.of());

    /** Both together. */
    Result and(Result other) {
      return new Result(
          both(accepted, other.accepted),
          both(called, other.called),
          both(executed, other.executed));
    }

    private static List<Double> both(List<Double> one, List<Double> other) {
      return Stream.concat(one.stream(), other.stream()).toList();
    }
  }

  Result run(Duration length) throws Exception {
    int count = Math.toIntExact(length.toMillis() * PER_SECOND / 1000);
    var due = new ConcurrentHashMap<String, Instant>();
    List<Double> accepted = Collections.synchronizedList(new ArrayList<>());
    long interval = 1_000_000_000L / PER_SECOND;
    long start = System.nanoTime();
    Instant startWall = Instant.now();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        long at = i * interval;
        long wait = start + at - System.nanoTime();
        if (wait > 0) {
          Thread.sleep(Duration.ofNanos(wait));
        }
        int n = i;
        threads.submit(() -> post(n, startWall.plusNanos(at), start + at, due, accepted));
      }
    }
    List<JsonNode> calls = executed(due);
    return new Result(
        List.copyOf(accepted), since(due, calls, "started_at"), since(due, calls, "ended_at"));
  }

  private Void post(
      int n, Instant wall, long nanos, Map<String, Instant> due, List<Double> accepted)
      throws Exception {
    var response =
        client.send(
            request("/events")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.apply(n)))
                .build(),
            BodyHandlers.ofByteArray());
    accepted.add((System.nanoTime() - nanos) / 1e6);
    if (response.statusCode() == 202) {
      due.put(Json.mapper().readTree(response.body()).path("event_id").asString(), wall);
    }
    return null;
  }

  private List<JsonNode> executed(Map<String, Instant> due) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      List<JsonNode> calls =
          succeeded(due.size()).stream()
              .filter(call -> due.containsKey(call.path("event_id").asString("")))
              .toList();
      if (calls.size() >= due.size()) {
        return calls;
      }
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "only %d of %d calls were executed".formatted(calls.size(), due.size()));
      }
      Thread.sleep(200);
    }
  }

  private static List<Double> since(
      Map<String, Instant> due, List<JsonNode> calls, String recorded) {
    var latencies = new ArrayList<Double>();
    for (JsonNode call : calls) {
      Instant sent = due.get(call.path("event_id").asString(""));
      if (sent != null) {
        Instant at = Instant.parse(call.path(recorded).asString(""));
        latencies.add(Duration.between(sent, at).toNanos() / 1e6);
      }
    }
    return latencies;
  }

  private List<JsonNode> succeeded(int atLeast) throws Exception {
    var items = new ArrayList<JsonNode>();
    String base = "/tool-calls?status=succeeded&limit=500";
    String next = base;
    while (next != null && items.size() < atLeast + 500) {
      JsonNode page =
          Json.mapper()
              .readTree(
                  client.send(request(next).GET().build(), BodyHandlers.ofByteArray()).body());
      page.path("items").forEach(items::add);
      JsonNode cursor = page.path("next_cursor");
      next =
          cursor.isString()
              ? base + "&cursor=" + URLEncoder.encode(cursor.asString(), StandardCharsets.UTF_8)
              : null;
    }
    return items;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(running.url() + path))
        .timeout(Duration.ofSeconds(10))
        .header("Authorization", "Bearer " + token);
  }
}

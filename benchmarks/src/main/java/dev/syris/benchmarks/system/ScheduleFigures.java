package dev.syris.benchmarks.system;

import dev.syris.contracts.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What many schedules cost while none is due, and how late they are run while a hundred are due
 * each second; both on the packaged program. Usage: {@code ScheduleFigures <program lib folder>
 * [aot cache]}. System properties: {@code schedules} (10000), {@code seconds} measured (60), {@code
 * settle} seconds before it is looked whether it is idle (60). Loopback only; ends by itself.
 */
public final class ScheduleFigures {

  private static final int SCHEDULES = Integer.getInteger("schedules", 10_000);
  private static final int SECONDS = Integer.getInteger("seconds", 60);
  private static final int SETTLE = Integer.getInteger("settle", 60);
  private static final int PER_SECOND = 100;
  private static final int CLIENTS = 4;
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Program.Running program;

  private ScheduleFigures(Program.Running program) {
    this.program = program;
  }

  public static void main(String[] args) throws Exception {
    if (args.length < 1) {
      System.err.println("usage: ScheduleFigures <program lib folder> [aot cache]");
      System.exit(2);
    }
    Path folder = Files.createTempDirectory("syris-schedule-figures");
    var program = new Program(Path.of(args[0]), args.length > 1 ? Path.of(args[1]) : null);
    try (Program.Running running = program.start(folder)) {
      new ScheduleFigures(running).run();
    }
    System.exit(0);
  }

  private void run() throws Exception {
    Thread.sleep(Duration.ofSeconds(SETTLE)); // what a start leaves to do
    double without = idle();
    putAll("one_shot", "2099-01-01T00:00:00Z", 0);
    Thread.sleep(Duration.ofSeconds(SETTLE));
    double with = idle();
    System.out.printf(
        Locale.ROOT,
        "idle: %.2f %% of a core without schedules, %.2f %% with %d%n",
        without,
        with,
        SCHEDULES);
    putAll("interval", Integer.toString(SCHEDULES / PER_SECOND), PER_SECOND);
    Instant from = Instant.now();
    double busy = cpu(Duration.ofSeconds(SECONDS));
    Instant until = Instant.now();
    Thread.sleep(Duration.ofSeconds(2)); // for the ledger
    var late = new ArrayList<Double>();
    for (JsonNode fired : fired(from, until)) {
      late.add(fired.at("/details/late_ms").asDouble());
    }
    System.out.printf(
        Locale.ROOT,
        "%d due each second, %d run in %d s, %.0f %% of a core%n",
        PER_SECOND,
        late.size(),
        SECONDS,
        busy);
    System.out.println("run after their time, in milliseconds: " + Percentiles.of(late));
  }

  private double idle() throws Exception {
    return cpu(Duration.ofSeconds(SETTLE / 2));
  }

  /** In percent of one core: the program and its database. */
  private double cpu(Duration time) throws Exception {
    long before = ProcessTree.cpuMillis(program.roots());
    long began = System.nanoTime();
    Thread.sleep(time);
    long millis = (System.nanoTime() - began) / 1_000_000;
    return 100.0 * (ProcessTree.cpuMillis(program.roots()) - before) / millis;
  }

  /**
   * Writes all.
   *
   * @param perSecond how many each second; as fast as it goes where 0
   */
  private void putAll(String type, String spec, int perSecond) throws Exception {
    long began = System.nanoTime();
    try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
      var puts = new ArrayList<Future<?>>();
      for (int i = 0; i < SCHEDULES; i++) {
        int number = i;
        long due = perSecond == 0 ? 0 : began + number * 1_000_000_000L / perSecond;
        puts.add(
            threads.submit(
                () -> {
                  Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
                  put(number, type, spec);
                  return null;
                }));
      }
      for (Future<?> put : puts) {
        put.get();
      }
    }
  }

  private void put(int number, String type, String spec) throws Exception {
    String body =
        "{\"name\":\"n%d\",\"type\":\"%s\",\"spec\":\"%s\",\"payload\":{\"text\":\"tick\"}}"
            .formatted(number, type, spec);
    var request =
        request("/schedules/s" + number)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException("status " + answer.statusCode() + ": " + answer.body());
    }
  }

  private List<JsonNode> fired(Instant from, Instant until) throws Exception {
    var all = new ArrayList<JsonNode>();
    String path = "/audit?type=schedule.fired&limit=500&since=%s&until=%s".formatted(from, until);
    @Nullable String cursor = "";
    while (cursor != null) {
      String next = path + (cursor.isEmpty() ? "" : "&cursor=" + encoded(cursor));
      var answer =
          CLIENT.send(request(next).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
      JsonNode page = Json.mapper().readTree(answer.body());
      page.path("items").forEach(all::add);
      JsonNode more = page.path("next_cursor");
      cursor = more.isString() ? more.asString() : null;
    }
    return all;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpRequest.Builder request(String path) throws IOException {
    return HttpRequest.newBuilder(URI.create(program.url() + path))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer " + program.token());
  }
}

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
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How long a rule takes on the packaged program: from an event, posted in an open loop at a fixed
 * rate, to the call its rule makes; beside commands of the fast path at the same rate, turn about.
 * And how long a changed rule takes until events meet it. Usage: {@code RuleFigures <program lib
 * folder> [aot cache]}. System properties: {@code rounds} (3), {@code seconds} of each (20), {@code
 * rules} that hear of other things (0), {@code changes} (30). Loopback only; ends by itself.
 */
public final class RuleFigures {

  private static final int ROUNDS = Integer.getInteger("rounds", 3);
  private static final int SECONDS = Integer.getInteger("seconds", 20);
  private static final int OTHERS = Integer.getInteger("rules", 0);
  private static final int CHANGES = Integer.getInteger("changes", 30);
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration BETWEEN_CHANGES = Duration.ofMillis(1100);
  private static final String THING = "light.hall";
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Program.Running program;

  private RuleFigures(Program.Running program) {
    this.program = program;
  }

  public static void main(String[] args) throws Exception {
    if (args.length < 1) {
      System.err.println("usage: RuleFigures <program lib folder> [aot cache]");
      System.exit(2);
    }
    Path folder = Files.createTempDirectory("syris-rule-figures");
    var program = new Program(Path.of(args[0]), args.length > 1 ? Path.of(args[1]) : null);
    try (Program.Running running = program.start(folder)) {
      new RuleFigures(running).run();
    }
    System.exit(0);
  }

  private void run() throws Exception {
    for (int i = 0; i < OTHERS; i++) {
      put("other-" + i, "light.other-" + i);
    }
    put("hall", THING);
    Thread.sleep(BETWEEN_CHANGES); // it holds for what comes a second later
    var events = new OpenLoop(program, RuleFigures::event);
    var commands = new OpenLoop(program);
    commands.run(WARM_UP);
    events.run(WARM_UP);
    System.out.printf("at %d/s, open loop, %d rules:%n", OpenLoop.PER_SECOND, OTHERS + 1);
    var ofEvents = OpenLoop.Result.NOTHING;
    var ofCommands = OpenLoop.Result.NOTHING;
    for (int i = 0; i < ROUNDS; i++) {
      ofEvents = ofEvents.and(events.run(Duration.ofSeconds(SECONDS)));
      ofCommands = ofCommands.and(commands.run(Duration.ofSeconds(SECONDS)));
    }
    print("event  ", ofEvents);
    print("command", ofCommands);
    Percentiles floor = KafkaFloor.measure(program, Duration.ofSeconds(20));
    System.out.println("one bare transaction            " + floor);
    System.out.println("PUT of a rule to the first event that met it  " + changes(events));
  }

  private static void print(String what, OpenLoop.Result result) {
    System.out.println("POST of " + what + " to 202         " + Percentiles.of(result.accepted()));
    System.out.println("POST of " + what + " to call begun  " + Percentiles.of(result.called()));
    System.out.println("POST of " + what + " to call ended  " + Percentiles.of(result.executed()));
  }

  /** While events come in: exact to the time between two of them. */
  private Percentiles changes(OpenLoop events) throws Exception {
    Instant began = Instant.now();
    var answered = new TreeMap<Long, Instant>();
    try (var threads = Executors.newSingleThreadExecutor()) {
      var load =
          threads.submit(
              (Callable<OpenLoop.Result>)
                  () -> events.run(BETWEEN_CHANGES.multipliedBy(CHANGES + 2)));
      for (int i = 0; i < CHANGES; i++) {
        Thread.sleep(BETWEEN_CHANGES);
        long version = put("hall", THING);
        answered.put(version, Instant.now());
      }
      load.get();
    }
    Thread.sleep(Duration.ofSeconds(2)); // for the ledger
    var met = new TreeMap<Long, Instant>();
    for (JsonNode decision : all("/routing-decisions?since=" + began)) {
      long version = decision.at("/rule_versions/hall").asLong(0);
      Instant at = Instant.parse(decision.path("decided_at").asString());
      met.merge(version, at, (one, other) -> one.isBefore(other) ? one : other);
    }
    var waits = new ArrayList<Double>();
    answered.forEach(
        (version, at) -> {
          Instant first = met.get(version);
          if (first == null) {
            throw new IllegalStateException("no event met version " + version);
          }
          waits.add(Math.max(0, Duration.between(at, first).toNanos() / 1e6));
        });
    return Percentiles.of(waits);
  }

  private static String event(int n) {
    return "{\"channel\":\"mqtt\",\"connector_id\":\"open-loop-%d\",\"structured\":{\"entity\":\"%s\",\"n\":%d}}"
        .formatted(n % OpenLoop.CONNECTORS, THING, n);
  }

  /** The version it has then. */
  private long put(String id, String thing) throws Exception {
    String body =
        """
        {"name":"%s","max_per_minute":6000,"conditions":{"all":[
           {"field":"source.channel","op":"eq","value":"mqtt"},
           {"field":"content.structured.entity","op":"eq","value":"%s"}]},
         "actions":[{"type":"call_tool","tool":"noop","action":"run"}]}
        """
            .formatted(id, thing);
    var request =
        request("/rules/" + id)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<byte[]> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() >= 300) {
      throw new IOException("status " + answer.statusCode() + " for " + id);
    }
    return Json.mapper().readTree(answer.body()).path("version").asLong();
  }

  private List<JsonNode> all(String path) throws Exception {
    var items = new ArrayList<JsonNode>();
    String base = path + "&limit=500";
    @Nullable String next = base;
    while (next != null) {
      var answer =
          CLIENT.send(request(next).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
      JsonNode page = Json.mapper().readTree(answer.body());
      page.path("items").forEach(items::add);
      JsonNode cursor = page.path("next_cursor");
      next =
          cursor.isString()
              ? base + "&cursor=" + URLEncoder.encode(cursor.asString(), StandardCharsets.UTF_8)
              : null;
    }
    return items;
  }

  private HttpRequest.Builder request(String path) throws IOException {
    return HttpRequest.newBuilder(URI.create(program.url() + path))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer " + program.token());
  }
}

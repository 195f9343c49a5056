package dev.syris.benchmarks.system;

import dev.syris.contracts.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the gate's checks cost a call: {@code POST /tool-calls} of a noop, one after the other, turn
 * about under a policy that says nothing and one that says a lot and has to look at everything it
 * can: rules, risks, adjusters, secrets, quiet hours, a window that is taken for each call. The
 * calls are allowed under both. Usage: {@code GateCost <program lib folder> [aot cache]}. System
 * properties: {@code blocks} (6), {@code calls} a block (400). Loopback only; ends by itself.
 */
public final class GateCost {

  private static final int BLOCKS = Integer.getInteger("blocks", 6);
  private static final int CALLS = Integer.getInteger("calls", 400);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Program.Running program;
  private int number;
  private String defaults = "";

  private GateCost(Program.Running program) {
    this.program = program;
  }

  public static void main(String[] args) throws Exception {
    if (args.length < 1) {
      System.err.println("usage: GateCost <program lib folder> [aot cache]");
      System.exit(2);
    }
    Path folder = Files.createTempDirectory("syris-gate-cost");
    var program = new Program(Path.of(args[0]), args.length > 1 ? Path.of(args[1]) : null);
    try (Program.Running running = program.start(folder)) {
      new GateCost(running).run();
    }
    System.exit(0);
  }

  private void run() throws Exception {
    send(
        "PUT",
        "/quiet-hours/never",
        "{\"enabled\":false,\"windows\":[{\"start\":\"00:00\",\"end\":\"24:00\"}]}");
    block("", new ArrayList<>()); // warms up
    block(full(), new ArrayList<>());
    var nothing = new ArrayList<Double>();
    var everything = new ArrayList<Double>();
    for (int i = 0; i < BLOCKS; i++) {
      block("", nothing);
      block(full(), everything);
    }
    Percentiles without = Percentiles.of(nothing);
    Percentiles with = Percentiles.of(everything);
    System.out.println("a policy that says nothing:  " + without);
    System.out.println("a policy that says a lot:    " + with);
    System.out.printf(Locale.ROOT, "the checks cost %.2f ms at p50%n", with.p50() - without.p50());
  }

  /** Forty rules of each kind that do not fit, and a window for each call. */
  private static String full() {
    return "risk:\n"
        + lines("level: low")
        + "rules:\n"
        + lines("decision: ask")
        + "destructive:\n"
        + lines("action: b")
        + "broadcast:\n"
        + lines("action: b")
        + "secrets:\n"
        + lines("secret: \"a/*\"")
        + "anti_flap:\n- {tool: noop, window: 1ms}\n"
        + "quiet_hours:\n- {policy: never}\n";
  }

  private static String lines(String what) {
    return IntStream.range(0, 40)
        .mapToObj(
            i ->
                "- {tool: \"x%d*\", where: {arg: echo, matches: \"*%d\"}, %s}%n"
                    .formatted(i, i, what))
        .collect(Collectors.joining());
  }

  private void block(String policy, List<Double> millis) throws Exception {
    Files.writeString(program.folder().resolve("policy.yml"), policy);
    awaitPolicy(policy.isEmpty());
    for (int i = 0; i < CALLS; i++) {
      long began = System.nanoTime();
      HttpResponse<String> answer = send("POST", "/tool-calls", call());
      millis.add((System.nanoTime() - began) / 1e6);
      if (answer.statusCode() != 202 || answer.body().contains("blocked")) {
        throw new IOException("not allowed: " + answer.body());
      }
    }
  }

  private String call() {
    return "{\"tool\":\"noop\",\"action\":\"run\",\"args\":{\"echo\":\"n%d\"}}".formatted(number++);
  }

  /** The policy's version tells which holds. */
  private void awaitPolicy(boolean empty) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      String body = send("POST", "/tool-calls?dry_run=true", call()).body();
      String version = Json.mapper().readTree(body).path("policy_version").asString();
      if (defaults.isEmpty()) {
        defaults = version;
      }
      if (version.equals(defaults) == empty) {
        return;
      }
      Thread.sleep(100);
    }
    throw new IOException("the policy was not taken");
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(program.url() + path))
            .header("Authorization", "Bearer " + program.token())
            .header("Content-Type", "application/json")
            .timeout(PATIENCE)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
  }
}

package dev.syris.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A secret goes where it is sent and nowhere else; where one turns up, the operator learns it. */
class SecretCanaryIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Set<String> ENDED = Set.of("succeeded", "failed", "canceled");

  private static final Canary USED = Canary.of("canary/used");
  private static final Canary STRAY = Canary.of("canary/stray");
  private static final Canary PLANTED = Canary.of("canary/planted");
  private static final Canary WRITTEN = Canary.of("canary/written");

  private static SyrisProcess syris;
  private static Http http;
  private static EchoTarget target;

  @BeforeAll
  static void start() throws Exception {
    target = EchoTarget.start();
    syris = SyrisProcess.start();
    http = syris.http();
    for (Canary canary : List.of(USED, STRAY, PLANTED, WRITTEN)) {
      set(canary);
    }
    http.post("/controls/autonomy", "{\"level\":\"A4\"}");
    Files.writeString(
        syris.folder().resolve("policy.yml"), "secrets: [{secret: \"canary/*\", tool: http}]");
    await()
        .atMost(PATIENCE)
        .until(() -> !http.all("/audit?type=operator.action.policy_load").isEmpty());
    // The search is known to look for new values once it has seen one of them.
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              http.accept(SpineIT.event("are you there " + WRITTEN.value()));
              return alarms(WRITTEN).stream().anyMatch(alarm -> foundIn(alarm).equals("event"));
            });
  }

  @AfterAll
  static void stop() throws Exception {
    target.close();
    syris.close();
  }

  private static void set(Canary canary) throws Exception {
    Process process =
        new ProcessBuilder(
                SyrisProcess.command(
                    "secret", "set", canary.name(), "--data", syris.folder().toString()))
            .redirectErrorStream(true)
            .start();
    try (var input = process.getOutputStream()) {
      input.write((canary.value() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    assertThat(canary.in(output)).isFalse();
  }

  /** Starts a task of one http call. */
  private static String task(ObjectNode args) throws Exception {
    ObjectNode task = Json.object().put("name", "canary");
    ObjectNode step = task.putArray("steps").addObject();
    step.put("name", "send").put("tool", "http").put("action", "request").put("max_attempts", 1);
    step.set("args", args);
    Http.Answer answer = http.post("/tasks", task.toString());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json().path("task_id").asString();
  }

  private static JsonNode ended(String task) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> http.get("/tasks/" + task).json(),
            shown -> ENDED.contains(shown.path("status").asString()));
  }

  private static ObjectNode request(String method, String path) {
    ObjectNode args = Json.object().put("method", method);
    args.putObject("url").put("$secret", USED.name()).put("prefix", target.url(path) + "?key=");
    args.putObject("headers").putObject("X-Key").put("$secret", USED.name());
    if (method.equals("POST")) {
      args.putObject("body").putObject("key").put("$secret", USED.name());
    }
    return args;
  }

  private static List<JsonNode> alarms(Canary canary) throws Exception {
    return http.all("/audit?type=alarm.raised").stream()
        .filter(alarm -> alarm.path("details").path("secret").asString("").equals(canary.name()))
        .toList();
  }

  private static JsonNode alarm(Canary canary, String foundIn, String ref, String id) {
    return await()
        .atMost(PATIENCE)
        .until(
            () ->
                alarms(canary).stream()
                    .filter(alarm -> foundIn(alarm).equals(foundIn))
                    .filter(alarm -> alarm.path("refs").path(ref).asString("").equals(id))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private static String foundIn(JsonNode alarm) {
    return alarm.path("details").path("found_in").asString("");
  }

  private static void assertTells(JsonNode alarm, Canary canary) {
    JsonNode details = alarm.path("details");
    assertThat(details.path("alarm_type").asString()).isEqualTo("secret_leak_detected");
    assertThat(details.path("severity").asString()).isEqualTo("critical");
    assertThat(details.path("dedupe_key").asString())
        .isEqualTo("secret_leak_detected:" + canary.name());
    assertThat(canary.in(alarm.toString())).isFalse();
    assertThat(alarm.toString()).doesNotContain("CANARY");
  }

  @Test
  void shouldKeepASecretToItselfWhenATargetTellsAllItHears() throws Exception {
    // Given
    target.gossip(STRAY.value());
    var search = new CanarySearch(syris, USED, STRAY);

    // When
    List<String> tasks =
        List.of(
            task(request("GET", "ok")),
            task(request("POST", "ok")),
            task(request("POST", "refused")),
            task(request("POST", "broken")),
            task(request("GET", "again")),
            task(request("POST", "again")),
            task(request("POST", "moved")));
    List<JsonNode> shown = tasks.stream().map(SecretCanaryIT::ended).toList();

    // Then
    assertThat(shown)
        .extracting(task -> task.path("status").asString())
        .containsExactly(
            "succeeded", "succeeded", "failed", "failed", "succeeded", "succeeded", "failed");
    assertThat(target.heard(USED.value())).as("it was sent").isGreaterThanOrEqualTo(9);
    assertThat(shown.getFirst().toString()).contains("***", "[secret canary/stray]");
    await().atMost(PATIENCE).until(() -> alarms(STRAY).size() >= 4);
    assertTells(alarms(STRAY).getFirst(), STRAY);
    assertThat(search.topics()).as("topics").isEmpty();
    assertThat(search.tables()).as("tables").isEmpty();
    assertThat(search.files()).as("files").isEmpty();
    assertThat(search.responses()).as("responses").isEmpty();
    assertThat(search.dumps()).as("dumps").isEmpty();
  }

  @Test
  void shouldRaiseTheAlarmWhenASecretIsPlantedInAnEvent() throws Exception {
    // When
    Http.Answer accepted =
        http.post("/events", SpineIT.event("the password is " + PLANTED.value() + " !"));

    // Then
    assertThat(accepted.status()).isEqualTo(202);
    String event = accepted.json().path("event_id").asString();
    JsonNode alarm = alarm(PLANTED, "event", "event_id", event);
    assertTells(alarm, PLANTED);
    assertThat(alarm.path("trace_id").asString())
        .isEqualTo(accepted.json().path("trace_id").asString());
  }

  @Test
  void shouldFindACanaryInEveryPlaceWhenItIsThere() throws Exception {
    // Given
    var search = new CanarySearch(syris, WRITTEN);

    // Then
    assertThat(search.topics()).anyMatch(place -> place.startsWith("syris.ingest.raw-event"));
    assertThat(search.tables()).isNotEmpty();
    assertThat(search.files()).isNotEmpty();
    assertThat(search.responses()).contains("/events");
  }

  @Test
  void shouldRaiseTheAlarmWhenASecretIsWrittenInPlaceOfItsReference() throws Exception {
    // Given
    ObjectNode args = Json.object().put("method", "GET").put("url", target.url("ok"));
    args.putObject("query").put("key", WRITTEN.value());

    // When
    String task = task(args);

    // Then
    assertTells(alarm(WRITTEN, "request", "task_id", task), WRITTEN);
    assertThat(ended(task).path("status").asString()).isEqualTo("succeeded");
  }
}

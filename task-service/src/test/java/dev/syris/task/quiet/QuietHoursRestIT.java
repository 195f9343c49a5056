package dev.syris.task.quiet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.json.Json;
import dev.syris.platform.assertion.Caller;
import dev.syris.platform.assertion.CallerAssertion;
import dev.syris.task.support.RunningTask;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Quiet hours at the service's own door, and what calls make of them. */
@WithBackends
class QuietHoursRestIT {

  private static final TestDatabase TEST = TestBackends.freshDatabase();
  private static final CallerAssertion ASSERTIONS =
      new CallerAssertion("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", InstantSource.system());
  private static final Caller ADMIN = new Caller("admin", "admin", Set.of("admin"));
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String ALWAYS =
      "{\"windows\": [{\"start\": \"00:00\", \"end\": \"24:00\"}]}";
  private static final String NOOP = "{\"tool\": \"noop\", \"action\": \"run\", \"args\": {}}";

  @TempDir private static Path folder;
  private static Path policy;
  private static RunningTask service;

  @BeforeAll
  static void start() {
    policy = folder.resolve("policy.yml");
    service =
        RunningTask.start(
            TEST,
            "syris-task-quiet-hours-it",
            "--syris.policy.file=" + policy,
            "--syris.policy.look=20ms",
            "--syris.timezone=Europe/Berlin");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void shouldKeepReplaceChangeAndRemoveThem() throws Exception {
    // When
    HttpResponse<String> made = send("PUT", "/quiet-hours/siesta", ALWAYS);
    HttpResponse<String> replaced = send("PUT", "/quiet-hours/siesta", ALWAYS);
    HttpResponse<String> changed = send("PATCH", "/quiet-hours/siesta", "{\"enabled\": false}");
    HttpResponse<String> taken =
        send("POST", "/quiet-hours", ALWAYS.replace("{\"w", "{\"name\": \"siesta\", \"w"));
    HttpResponse<String> late = send("DELETE", "/quiet-hours/siesta", "", "If-Match", "\"1\"");
    HttpResponse<String> removed = send("DELETE", "/quiet-hours/siesta", "");
    // Then
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(json(made).path("timezone").asString()).isEqualTo("Europe/Berlin");
    assertThat(json(made).path("quiet_hours_id").asString()).isEqualTo("siesta");
    assertThat(replaced.statusCode()).isEqualTo(200);
    assertThat(changed.headers().firstValue("ETag")).contains("\"3\"");
    assertThat(json(changed).path("enabled").asBoolean()).isFalse();
    assertThat(taken.statusCode()).isEqualTo(409);
    assertThat(late.statusCode()).isEqualTo(412);
    assertThat(removed.statusCode()).isEqualTo(204);
    assertThat(send("DELETE", "/quiet-hours/siesta", "").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldTakeBackWhatItShowed() throws Exception {
    // Given
    String shown = send("PUT", "/quiet-hours/shown", ALWAYS).body();
    // When
    HttpResponse<String> replaced = send("PUT", "/quiet-hours/shown", shown);
    // Then
    assertThat(replaced.statusCode()).as(replaced.body()).isEqualTo(200);
    assertThat(json(replaced).path("windows"))
        .isEqualTo(Json.mapper().readTree(shown).path("windows"));
    assertThat(json(replaced).path("version").asLong()).isEqualTo(2);
  }

  @Test
  void shouldPointAtWhatIsWrong() throws Exception {
    // When
    HttpResponse<String> answer =
        send("PUT", "/quiet-hours/bad", "{\"windows\": [{\"start\": \"7\", \"end\": \"8:00\"}]}");
    // Then
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(json(answer).at("/errors/0/pointer").asString()).isEqualTo("/windows/0/start");
  }

  @Test
  void shouldRaiseTheRiskOfWhatThePolicyNamesThemFor() throws Exception {
    // Given
    send("PUT", "/quiet-hours/night", ALWAYS);
    Files.writeString(policy, "quiet_hours: [{policy: night, tool: noop}]");
    // When
    await()
        .untilAsserted(
            () -> {
              JsonNode decided = json(send("POST", "/tool-calls?dry_run=true", NOOP));
              // Then
              assertThat(decided.path("decision").asString()).isEqualTo("confirm");
              assertThat(decided.at("/risk/level").asString()).isEqualTo("medium");
              assertThat(decided.at("/risk/reasons/0").asString()).isEqualTo("quiet_hours");
            });
    HttpResponse<String> refused = send("DELETE", "/quiet-hours/night", "");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(json(refused).path("detail").asString()).contains("policy.yml (line 1)");
    send("PATCH", "/quiet-hours/night", "{\"enabled\": false}");
    assertThat(json(send("POST", "/tool-calls?dry_run=true", NOOP)).path("decision").asString())
        .isEqualTo("allow");
  }

  private static HttpResponse<String> send(
      String method, String path, String body, String... headers) throws Exception {
    String signed = path.contains("?") ? path.substring(0, path.indexOf('?')) : path;
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
            .header(CallerAssertion.HEADER, ASSERTIONS.sign(ADMIN, method, signed))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofByteArray(body.getBytes(UTF_8)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return Json.mapper().readTree(answer.body());
  }
}

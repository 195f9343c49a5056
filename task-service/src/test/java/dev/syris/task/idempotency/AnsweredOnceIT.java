package dev.syris.task.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.platform.assertion.Caller;
import dev.syris.platform.assertion.CallerAssertion;
import dev.syris.task.support.Database;
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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that are sent twice with one key, at the service's own door. */
@WithBackends
class AnsweredOnceIT {

  private static final TestDatabase TEST = TestBackends.freshDatabase();
  private static final CallerAssertion ASSERTIONS =
      new CallerAssertion("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", InstantSource.system());
  private static final Caller ADMIN = new Caller("admin", "admin", Set.of("admin"));
  private static final Caller OTHER = new Caller("other", "other", Set.of("admin"));
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String RULE =
      """
      {"name":"%s","conditions":{"field":"content.text","op":"exists"},
       "actions":[{"type":"call_tool","tool":"noop","action":"run"}]}
      """;
  private static final String SCHEDULE =
      """
      {"name":"%s","type":"interval","spec":"3600","payload":{"text":"noop"}}
      """;

  private static RunningTask service;
  private static Database owner;

  private final String key = UUID.randomUUID().toString();
  private final String name = "n" + UUID.randomUUID();

  @BeforeAll
  static void start() {
    service = RunningTask.start(TEST, "syris-task-answered-once-it");
    owner = new Database(TEST.owner());
  }

  @AfterAll
  static void stop() {
    owner.close();
    service.close();
  }

  @Test
  void shouldMakeOneOfTwoAndAnswerBothTheSame() throws Exception {
    // When
    HttpResponse<String> first = send(ADMIN, "/rules", RULE.formatted(name));
    HttpResponse<String> second = send(ADMIN, "/rules", RULE.formatted(name));
    // Then
    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(second.body()).isEqualTo(first.body());
    for (String header : List.of("ETag", "Location", "Content-Type")) {
      assertThat(second.headers().firstValue(header))
          .as(header)
          .isPresent()
          .isEqualTo(first.headers().firstValue(header));
    }
    assertThat(count("rule")).isEqualTo(1);
  }

  @Test
  void shouldRefuseTheKeyForAnythingElse() throws Exception {
    // Given
    send(ADMIN, "/rules", RULE.formatted(name));
    // When
    HttpResponse<String> body = send(ADMIN, "/rules", RULE.formatted("another"));
    HttpResponse<String> address = send(ADMIN, "/quiet-hours", RULE.formatted(name));
    HttpResponse<String> task = send(ADMIN, "/tasks", RULE.formatted(name));
    HttpResponse<String> others = send(OTHER, "/rules", RULE.formatted(name));
    // Then
    assertThat(body.statusCode()).isEqualTo(422);
    assertThat(body.body()).contains("\"code\":\"idempotency_conflict\"");
    assertThat(address.statusCode()).isEqualTo(422);
    assertThat(task.statusCode()).isEqualTo(422);
    assertThat(others.statusCode()).isEqualTo(201);
  }

  @Test
  void shouldRefuseAKeyATaskWasStartedWith() throws Exception {
    // Given
    String task =
        """
        {"name": "once", "steps": [{"name": "s", "tool": "noop", "action": "run", "args": {}}]}
        """;
    assertThat(send(ADMIN, "/tasks", task).statusCode()).isEqualTo(201);
    // When
    HttpResponse<String> rule = send(ADMIN, "/rules", task);
    // Then
    assertThat(rule.statusCode()).isEqualTo(422);
    assertThat(rule.body()).contains("idempotency_conflict");
  }

  @Test
  void shouldMakeOneOfManyAtOnce() throws Exception {
    // When
    var answers = new ArrayList<Future<HttpResponse<String>>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 6; i++) {
        answers.add(threads.submit(() -> send(ADMIN, "/schedules", SCHEDULE.formatted(name))));
      }
    }
    // Then
    var bodies = new ArrayList<String>();
    for (Future<HttpResponse<String>> answer : answers) {
      assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(201);
      bodies.add(answer.get().body());
    }
    assertThat(Set.copyOf(bodies)).hasSize(1);
    assertThat(count("schedule")).isEqualTo(1);
  }

  @Test
  void shouldRememberNothingOfWhatWasRefused() throws Exception {
    // Given
    HttpResponse<String> wrong = send(ADMIN, "/rules", "{\"name\": \"%s\"}".formatted(name));
    // When
    HttpResponse<String> right = send(ADMIN, "/rules", RULE.formatted(name));
    // Then
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(right.statusCode()).as(right.body()).isEqualTo(201);
  }

  @Test
  void shouldRollBackWhatIsRefusedInsideItsTransaction() throws Exception {
    // Given
    String hours =
        "{\"name\": \"%s\", \"windows\": [{\"start\": \"00:00\", \"end\": \"24:00\"}]}"
            .formatted(name);
    assertThat(send(OTHER, "/quiet-hours", hours).statusCode()).isEqualTo(201);
    // When
    HttpResponse<String> taken = send(ADMIN, "/quiet-hours", hours);
    // Then
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(409);
    assertThat(taken.body()).contains("quiet_hours.exists");
  }

  @Test
  void shouldAnswerACommandThatCanBeGivenOnceTheSameTwice() throws Exception {
    // Given
    UUID alarm = alarm();
    // When
    HttpResponse<String> first = send(ADMIN, "/alarms/" + alarm + "/ack", "{\"note\": \"seen\"}");
    HttpResponse<String> second = send(ADMIN, "/alarms/" + alarm + "/ack", "{\"note\": \"seen\"}");
    HttpResponse<String> other = send(ADMIN, "/alarms/" + alarm + "/ack", "{\"note\": \"again\"}");
    // Then
    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(other.statusCode()).isEqualTo(422);
  }

  @Test
  void shouldAnswerAnewAfterADay() throws Exception {
    // Given
    HttpResponse<String> first = send(ADMIN, "/rules", RULE.formatted(name));
    owner
        .jdbc
        .sql("update task.answered_request set created_at = created_at - interval '25 hours'")
        .update();
    // When
    HttpResponse<String> second = send(ADMIN, "/rules", RULE.formatted(name));
    // Then
    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(second.body()).isNotEqualTo(first.body());
    assertThat(count("rule")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"/controls/resume, 200", "/rules, 422", "/tasks/%s/pause, 404"})
  void shouldTakeAKeyOnEveryCommand(String path, int status) throws Exception {
    // When
    HttpResponse<String> first = send(ADMIN, path.formatted(UUID.randomUUID()), "{}");
    // Then
    assertThat(first.statusCode()).as(first.body()).isEqualTo(status);
  }

  @Test
  void shouldRefuseAKeyThatIsTooLong() throws Exception {
    // When
    HttpResponse<String> answer = send(ADMIN, "/rules", RULE.formatted(name), "k".repeat(256));
    // Then
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(count("rule")).isZero();
  }

  private UUID alarm() {
    UUID id = UUID.randomUUID();
    owner
        .jdbc
        .sql(
            """
            insert into task.alarm (alarm_id, type, severity, dedupe_key, summary, details, refs, trace_id, first_seen, last_seen)
            values (:id, 't', 'error', :key, 'something is wrong', '{}', '{}', :id, now(), now())
            """)
        .param("id", id)
        .param("key", name)
        .update();
    return id;
  }

  private long count(String table) {
    return owner.count(
        "select count(*) from task.%s where body ->> 'name' = '%s'".formatted(table, name));
  }

  private HttpResponse<String> send(Caller caller, String path, String body) throws Exception {
    return send(caller, path, body, key);
  }

  private static HttpResponse<String> send(Caller caller, String path, String body, String key)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .header(CallerAssertion.HEADER, ASSERTIONS.sign(caller, "POST", path))
            .POST(BodyPublishers.ofString(body, UTF_8))
            .build();
    return CLIENT.send(request, BodyHandlers.ofString());
  }
}

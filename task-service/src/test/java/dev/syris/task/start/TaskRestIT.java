package dev.syris.task.start;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.topic.Headers;
import dev.syris.contracts.topic.Topics;
import dev.syris.platform.assertion.Caller;
import dev.syris.platform.assertion.CallerAssertion;
import dev.syris.task.support.Database;
import dev.syris.task.support.RunningTask;
import dev.syris.task.support.Topic;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tasks and templates at the service's own door, and by the topic. */
@WithBackends
class TaskRestIT {

  private static final TestDatabase TEST = TestBackends.freshDatabase();
  private static final CallerAssertion ASSERTIONS =
      new CallerAssertion("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", InstantSource.system());
  private static final Caller CALLER = new Caller("token-1", "caller", Set.of("call"));
  private static final Caller ADMIN = new Caller("token-2", "admin", Set.of("admin"));
  private static final Caller READER = new Caller("token-3", "reader", Set.of("read"));
  private static final Caller RESTRICTED =
      new Caller("token-4", "restricted", Set.of("call"), List.of("status"));
  private static final String NOOP =
      "{\"name\": \"t\", \"steps\": [{\"name\": \"a\", \"tool\": \"noop\", \"action\": \"run\"}]}";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static Database database;
  private static RunningTask service;

  @BeforeAll
  static void start() {
    database = new Database(TEST.owner());
    service = RunningTask.start(TEST, "syris-task-rest-it");
  }

  @AfterAll
  static void stop() {
    service.close();
    database.close();
  }

  @Test
  void shouldStartATaskAndKeepTheTrace() throws Exception {
    // Given
    String trace = "0af7651916cd43dd8448eb211c80319c";
    // When
    var answer =
        send(CALLER, "POST", "/tasks", NOOP, "traceparent", "00-" + trace + "-b7ad6b7169203331-01");
    // Then
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().firstValue("Location")).contains("/tasks/" + id(answer));
    assertThat(json(answer).get("trace_id").asString().replace("-", "")).isEqualTo(trace);
    awaitStatus(id(answer), "succeeded");
  }

  @Test
  void shouldStartOneTaskForOneIdempotencyKey() throws Exception {
    // Given
    String key = UUID.randomUUID().toString();
    String first = id(send(CALLER, "POST", "/tasks", NOOP, "Idempotency-Key", key));
    // When
    var again = send(CALLER, "POST", "/tasks", NOOP, "Idempotency-Key", key);
    var other =
        send(CALLER, "POST", "/tasks", NOOP.replace("\"t\"", "\"u\""), "Idempotency-Key", key);
    // Then
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(id(again)).isEqualTo(first);
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(id(send(ADMIN, "POST", "/tasks", NOOP, "Idempotency-Key", key))).isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/tasks", "/tasks/%s/pause", "/tasks/%s/cancel", "/tool-calls/%s/resolve"})
  void shouldRefuseWhoMayOnlyRead(String path) throws Exception {
    var answer = send(READER, "POST", path.formatted(UUID.randomUUID()), NOOP);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(json(answer).get("code").asString()).isEqualTo("scope.missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/pause", "/resume", "/cancel", "/retry"})
  void shouldNotFindWhatIsNotThere(String order) throws Exception {
    assertThat(send(CALLER, "POST", "/tasks/" + UUID.randomUUID() + order, "").statusCode())
        .isEqualTo(404);
    assertThat(send(CALLER, "POST", "/tasks/nonsense" + order, "").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldNameTheStateItIsInWhenAnOrderComesTooLate() throws Exception {
    // Given
    String task = id(send(CALLER, "POST", "/tasks", NOOP));
    awaitStatus(task, "succeeded");
    // When
    var answer = send(CALLER, "POST", "/tasks/" + task + "/pause", "");
    // Then
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(json(answer).get("status_now").asString()).isEqualTo("succeeded");
  }

  @Test
  void shouldBlockTheStepOfATokenWithoutItsScope() throws Exception {
    // Given
    String plan =
        NOOP.replace("noop", "timer").replace("\"run\"", "\"set\", \"args\": {\"seconds\": 60}");
    // When
    String task = id(send(RESTRICTED, "POST", "/tasks", plan));
    // Then
    awaitStatus(task, "failed");
    assertThat(error(task)).isEqualTo("scope.missing");
    assertThat(database.count("select count(*) from task.tool_call where status = 'blocked'"))
        .isEqualTo(1);
  }

  @Test
  void shouldRetryFromAStepThatIsThere() throws Exception {
    // Given
    String broken =
        """
        {"name": "t", "steps": [
          {"name": "a", "tool": "noop", "action": "run"},
          {"name": "b", "tool": "noop", "action": "run", "args": {"fail": "permanent"}}]}
        """;
    String task = id(send(CALLER, "POST", "/tasks", broken));
    awaitStatus(task, "failed");
    String retry = "/tasks/" + task + "/retry";
    // When
    assertThat(send(CALLER, "POST", retry, "{\"from_step\": \"none\"}").statusCode())
        .isEqualTo(422);
    assertThat(send(CALLER, "POST", retry, "{\"from_step\": \"a\"}").statusCode()).isEqualTo(202);
    // Then
    await()
        .untilAsserted(
            () ->
                assertThat(
                        database.count(
                            "select coalesce(sum(run), 0) from task.step where task_id = '%s' and status in ('succeeded', 'failed')"
                                .formatted(task)))
                    .isEqualTo(4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\": \"t\", \"steps\": [{\"tool\": \"nope\", \"action\": \"run\"}]}",
        "{\"steps\": [{\"tool\": \"noop\", \"action\": \"run\"}]}",
        "{\"template\": \"nowhere\"}",
        "[]",
        "{",
        ""
      })
  void shouldSayWhatIsWrongWithABody(String body) throws Exception {
    assertThat(send(CALLER, "POST", "/tasks", body).statusCode()).isIn(400, 422);
  }

  @Test
  void shouldKeepTemplatesByVersion() throws Exception {
    // Given
    String path = "/task-templates/by-version";
    assertThat(send(CALLER, "PUT", path, NOOP).statusCode()).isEqualTo(403);
    var created = send(ADMIN, "PUT", path, NOOP);
    String etag = created.headers().firstValue("ETag").orElseThrow();
    assertThat(created.statusCode()).isEqualTo(201);
    // When
    var replaced = send(ADMIN, "PUT", path, NOOP, "If-Match", etag);
    var stale = send(ADMIN, "PUT", path, NOOP, "If-Match", etag);
    // Then
    assertThat(replaced.statusCode()).isEqualTo(200);
    assertThat(stale.statusCode()).isEqualTo(412);
    assertThat(send(ADMIN, "PATCH", path, "{\"labels\": [\"x\"]}").statusCode()).isEqualTo(200);
    assertThat(send(ADMIN, "DELETE", path, "", "If-Match", etag).statusCode()).isEqualTo(412);
    assertThat(send(ADMIN, "DELETE", path, "").statusCode()).isEqualTo(204);
    assertThat(send(ADMIN, "DELETE", path, "").statusCode()).isEqualTo(404);
    assertThat(send(ADMIN, "PUT", "/task-templates/bad", "{\"steps\": []}").statusCode())
        .isEqualTo(422);
  }

  @Test
  void shouldStartOneTaskForARequestThatComesTwiceAndLayBadOnesAside() throws Exception {
    // Given
    send(ADMIN, "PUT", "/task-templates/by-topic", NOOP);
    UUID task = UUID.randomUUID();
    UUID unknown = UUID.randomUUID();
    try (var letters = new Topic(Topics.DEAD_LETTER.name())) {
      // When
      request(letters, request(UUID.randomUUID(), "by-topic").replace("[\"*\"]", "[null]"));
      request(letters, request(unknown, "nowhere"));
      request(letters, request(task, "by-topic"));
      request(letters, request(task, "by-topic"));
      // Then
      awaitStatus(task.toString(), "succeeded");
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(
                          letters.seen().stream()
                              .map(it -> Headers.text(it.headers(), "syris-reason")))
                      .contains("task.invalid"));
      assertThat(
              database.count("select count(*) from task.task where task_id = '%s'".formatted(task)))
          .isEqualTo(1);
    }
  }

  private static String request(UUID task, String template) {
    return """
    {"task_id": "%s", "trace_id": "%s", "template": "%s", "input": {}, "granted_scopes": ["*"], "depth": 0,
     "requested_by": {"type": "rule", "id": "r"}, "requested_at": "2026-03-01T08:00:00.000Z"}
    """
        .formatted(task, UUID.randomUUID(), template);
  }

  private static void request(Topic topic, String request) {
    topic.send(
        new ProducerRecord<>(
            Topics.TASK_REQUEST.name(), 0, new byte[] {1}, request.getBytes(UTF_8)));
  }

  private static HttpResponse<String> send(
      Caller caller, String method, String path, String body, String... headers) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
            .method(method, BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .header(CallerAssertion.HEADER, ASSERTIONS.sign(caller, method, path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return Json.mapper().readTree(answer.body());
  }

  private static String id(HttpResponse<String> answer) {
    return json(answer).get("task_id").asString();
  }

  private static String error(String task) {
    return database
        .jdbc
        .sql("select error ->> 'code' from task.task where task_id = :id")
        .param("id", UUID.fromString(task))
        .query(String.class)
        .single();
  }

  private static void awaitStatus(String task, String status) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(
                        database
                            .jdbc
                            .sql("select status from task.task where task_id = :id")
                            .param("id", UUID.fromString(task))
                            .query(String.class)
                            .optional())
                    .contains(status));
  }
}

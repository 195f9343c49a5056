package dev.syris.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.json.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Tasks of several steps through the packaged program, which is killed in the middle of them. */
class TaskIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  private static SyrisProcess syris;
  private static Recorder recorder;

  @BeforeAll
  static void start() throws Exception {
    recorder = Recorder.start();
    syris = SyrisProcess.start();
    http().post("/controls/autonomy", "{\"level\":\"A3\"}");
  }

  @AfterAll
  static void stop() throws Exception {
    syris.close();
    recorder.close();
  }

  @AfterEach
  void answer() {
    recorder.release();
  }

  @Test
  void shouldGoOnFromTheSecondStepWhenKilledInTheMiddleOfIt() throws Exception {
    // Given
    recorder.hold();
    String task = create(threeSteps("honoured", true));
    await().atMost(SOON).until(() -> recorder.requests("honoured").size() == 1);

    // When
    syris.kill();
    recorder.release();
    syris.launch();

    // Then
    JsonNode done = awaitStatus(task, "succeeded");
    assertThat(statuses(done)).containsExactly("succeeded", "succeeded", "succeeded");
    assertThat(done.at("/steps/2/output/echo").asInt()).isEqualTo(200);
    assertThat(recorder.requests("honoured")).hasSize(2);
    assertThat(recorder.keys("honoured"))
        .containsExactly(done.at("/steps/1/idempotency_key").asString());
    String trace = done.path("trace_id").asString();
    await().atMost(SOON).until(() -> http().auditTypes(trace).contains("task.succeeded"));
    assertThat(attempts(trace, done.at("/steps/0/step_id").asString())).isEqualTo(1);
    assertThat(http().auditTypes(trace))
        .containsSubsequence(
            "task.created",
            "task.step_completed",
            "task.interrupted",
            "task.recovered",
            "task.step_completed",
            "task.step_completed",
            "task.succeeded");
    assertIsOneTree(trace);
  }

  @Test
  void shouldWaitForTheOperatorWhenKilledInACallThatMustNotBeRepeated() throws Exception {
    // Given
    recorder.hold();
    String task = create(threeSteps("once", false));
    await().atMost(SOON).until(() -> recorder.requests("once").size() == 1);

    // When
    syris.kill();
    recorder.release();
    syris.launch();

    // Then
    await().atMost(SOON).until(() -> statuses(task(task)).get(1).equals("unknown"));
    JsonNode waiting = task(task);
    String trace = waiting.path("trace_id").asString();
    String call = waiting.at("/steps/1/tool_call_id").asString();
    assertThat(waiting.path("waiting_for").asString()).isEqualTo("operator");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(http().auditTypes(trace))
                    .contains("tool_call.unknown", "alarm.raised", "task.interrupted"));
    Http.Answer early = resolve(call, "retry");
    assertThat(early.status()).as(early.text()).isEqualTo(409);
    assertThat(early.json().path("code").asString()).isEqualTo("tool_call.may_be_running");
    assertThat(recorder.requests("once")).hasSize(1);

    Http.Answer settled = resolve(call, "succeeded");
    assertThat(settled.status()).as(settled.text()).isEqualTo(200);
    awaitStatus(task, "succeeded");
    assertThat(recorder.requests("once")).hasSize(1);
    assertThat(resolve(call, "succeeded").status()).isEqualTo(409);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(http().auditTypes(trace))
                    .contains("operator.action.tool_call_resolve", "tool_call.resolved"));
    assertIsOneTree(trace);
    JsonNode alarm = alarm("tool_call.unknown:" + call);
    assertThat(alarm.path("status").asString()).isEqualTo("resolved");
    assertThat(alarm.path("count").asInt()).isEqualTo(1);
  }

  /** The one alarm there is or was with a key. */
  private static JsonNode alarm(String key) throws Exception {
    List<JsonNode> alarms =
        http().all("/alarms").stream()
            .filter(one -> one.path("dedupe_key").asString().equals(key))
            .toList();
    assertThat(alarms).hasSize(1);
    return alarms.getFirst();
  }

  @Test
  void shouldFillInATemplateOrPointAtWhatItsInputLacks() throws Exception {
    // Given
    String template =
        """
        {"steps":[{"name":"say","tool":"noop","action":"run","args":{"echo":"${input.word}"}},
                  {"name":"repeat","tool":"noop","action":"run",
                   "args":{"echo":"${steps.say.output.echo}"}}]}
        """;
    assertThat(send("PUT", "/task-templates/echo", template).status()).isEqualTo(201);
    assertThat(send("PUT", "/task-templates/echo", template).status()).isEqualTo(200);

    // When
    Http.Answer started =
        http().post("/tasks", "{\"template\":\"echo\",\"input\":{\"word\":[1,2]}}");
    Http.Answer lacking = http().post("/tasks", "{\"template\":\"echo\",\"input\":{}}");
    Http.Answer unknown = http().post("/tasks", "{\"template\":\"nobody-knows\",\"input\":{}}");

    // Then
    assertThat(started.status()).as(started.text()).isEqualTo(201);
    JsonNode done = awaitStatus(started.json().path("task_id").asString(), "succeeded");
    assertThat(done.at("/steps/1/output/echo")).hasToString("[1,2]");
    assertThat(pointers(lacking)).containsExactly("/input");
    assertThat(pointers(unknown)).containsExactly("/template");
  }

  @Test
  void shouldStayPausedAcrossARestartAndBeResumedAndCanceledAndRetried() throws Exception {
    // Given
    recorder.hold();
    String paused = create(threeSteps("paused", true));
    String canceled = create("{\"name\":\"waits\",\"steps\":[{\"wait\":\"PT1H\"}]}");
    String failed =
        create(
            """
            {"name":"fails","steps":[{"name":"fails","tool":"noop","action":"run",
              "args":{"fail":"permanent"}}]}
            """);
    await().atMost(SOON).until(() -> recorder.requests("paused").size() == 1);
    awaitStatus(failed, "failed");

    // When
    assertThat(order(paused, "pause").status()).isEqualTo(202);
    syris.kill();
    recorder.release();
    syris.launch();

    // Then
    await().atMost(SOON).until(() -> statuses(task(paused)).get(1).equals("succeeded"));
    assertThat(task(paused).path("status").asString()).isEqualTo("paused");
    assertThat(statuses(task(paused)).get(2)).isEqualTo("pending");
    assertThat(order(paused, "pause").status()).isEqualTo(409);
    assertThat(order(paused, "resume").status()).isEqualTo(202);
    awaitStatus(paused, "succeeded");
    assertThat(recorder.keys("paused")).hasSize(1);

    assertThat(task(canceled).path("status").asString()).isEqualTo("running");
    assertThat(order(canceled, "cancel").status()).isEqualTo(202);
    awaitStatus(canceled, "canceled");
    assertThat(order(canceled, "cancel").status()).isEqualTo(409);

    assertThat(order(failed, "retry").status()).isEqualTo(202);
    awaitStatus(failed, "failed");
    String trace = task(failed).path("trace_id").asString();
    await().atMost(SOON).until(() -> count(http().auditTypes(trace), "task.failed") == 2);
    assertThat(http().auditTypes(trace)).contains("operator.action.task_retry");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/steps/0/tool       | {\"tool\":\"nobody-knows\",\"action\":\"run\"}",
        "/steps/0/action     | {\"tool\":\"noop\",\"action\":\"nobody-knows\"}",
        "/steps/0/timeout_ms | {\"tool\":\"noop\",\"action\":\"run\",\"timeout_ms\":-1}",
        "/steps/0/args/echo  |"
            + " {\"tool\":\"noop\",\"action\":\"run\",\"args\":{\"echo\":\"${steps.step-2.output.echo}\"}}",
        "/steps/0/args/fail  |"
            + " {\"tool\":\"noop\",\"action\":\"run\",\"args\":{\"fail\":\"loudly\"}}",
        "/steps/0/when       | {\"tool\":\"noop\",\"action\":\"run\",\"when\":{}}",
      })
  void shouldPointAtTheFieldWhenAStepIsWrong(String pointer, String step) throws Exception {
    // When
    Http.Answer answer =
        http()
            .post(
                "/tasks",
                "{\"name\":\"wrong\",\"steps\":[%s,{\"tool\":\"noop\",\"action\":\"run\"}]}"
                    .formatted(step));

    // Then
    assertThat(pointers(answer)).anyMatch(found -> found.startsWith(pointer));
  }

  @Test
  void shouldRefuseArgumentsThatAreTooLargeAndTooManySteps() throws Exception {
    // When
    Http.Answer large =
        http()
            .post(
                "/tasks",
                "{\"name\":\"large\",\"steps\":[{\"tool\":\"noop\",\"action\":\"run\",\"args\":{\"echo\":\"%s\"}}]}"
                    .formatted("x".repeat(300_000)));
    Http.Answer many = http().post("/tasks", steps(10_001));

    // Then
    assertThat(pointers(large)).containsExactly("/steps/0/args");
    assertThat(pointers(many)).containsExactly("/steps");
  }

  @Test
  void shouldRunAThousandSteps() throws Exception {
    // When
    String task = create(steps(1_000));

    // Then
    JsonNode done = awaitStatus(task, "succeeded");
    assertThat(done.path("steps").size()).isEqualTo(1_000);
  }

  private static String steps(int count) {
    return IntStream.range(0, count)
        .mapToObj(_ -> "{\"tool\":\"noop\",\"action\":\"run\"}")
        .collect(Collectors.joining(",", "{\"name\":\"many\",\"steps\":[", "]}"));
  }

  @Test
  void shouldStartOneTaskWhenARequestIsOnTheTopicTwice() throws Exception {
    // Given
    String template = "{\"steps\":[{\"tool\":\"noop\",\"action\":\"run\"}]}";
    assertThat(send("PUT", "/task-templates/from-topic", template).status()).isEqualTo(201);
    String id = UUID.randomUUID().toString();
    byte[] request =
        """
        {"task_id":"%s","trace_id":"%s","template":"from-topic","input":{},
         "requested_by":{"type":"rule","id":"r-1"},"granted_scopes":["*"],"depth":0,
         "requested_at":"2026-01-01T00:00:00.000Z"}
        """
            .formatted(id, id)
            .getBytes(StandardCharsets.UTF_8);

    // When
    try (var producer = KafkaClients.producer(KafkaClients.as(syris, "pipeline"))) {
      for (int time = 0; time < 2; time++) {
        producer.send(new ProducerRecord<>("syris.task.request", request)).get();
      }
    }

    // Then
    await().atMost(SOON).until(() -> http().get("/tasks/" + id).status() == 200);
    awaitStatus(id, "succeeded");
    await().atMost(SOON).until(() -> http().auditTypes(id).contains("task.succeeded"));
    assertThat(count(http().auditTypes(id), "task.created")).isEqualTo(1);
    assertThat(count(http().auditTypes(id), "tool_call.attempted")).isEqualTo(1);
  }

  private static String threeSteps(String number, boolean honoured) {
    return """
    {"name":"three steps",
     "steps":[{"name":"first","tool":"noop","action":"run","args":{"echo":"%2$s"}},
              {"name":"second","tool":"http","action":"request","timeout_ms":600000,
               "args":{"method":"POST","url":"%1$s","idempotent":%3$s,
                       "body":{"from":"${steps.first.output.echo}"}}},
              {"name":"third","tool":"noop","action":"run","args":{"echo":%4$s}}]}
    """
        .formatted(
            recorder.url(number),
            number,
            String.valueOf(honoured),
            honoured ? "\"${steps.second.output.status}\"" : "\"last\"");
  }

  private static Http http() throws Exception {
    return syris.http();
  }

  private static String create(String plan) throws Exception {
    Http.Answer answer = http().post("/tasks", plan);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json().path("task_id").asString();
  }

  private static JsonNode task(String id) throws Exception {
    return http().get("/tasks/" + id).json();
  }

  private static JsonNode awaitStatus(String task, String status) throws Exception {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(task(task).path("status").asString()).isEqualTo(status));
    return task(task);
  }

  private static List<String> statuses(JsonNode task) {
    return task.path("steps").valueStream().map(step -> step.path("status").asString()).toList();
  }

  private static Http.Answer order(String task, String verb) throws Exception {
    return http().post("/tasks/%s/%s".formatted(task, verb), "{}");
  }

  private static Http.Answer resolve(String call, String outcome) throws Exception {
    return http()
        .post(
            "/tool-calls/%s/resolve".formatted(call),
            Json.object().put("outcome", outcome).put("reason", "looked").toString());
  }

  private static Http.Answer send(String method, String path, String body) throws Exception {
    return Http.send(
        HttpRequest.newBuilder(URI.create(syris.url() + path))
            .header("Authorization", "Bearer " + syris.token())
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static Stream<String> pointers(Http.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    return answer
        .json()
        .path("errors")
        .valueStream()
        .map(error -> error.path("pointer").asString());
  }

  private static long count(List<String> types, String type) {
    return types.stream().filter(type::equals).count();
  }

  private static long attempts(String trace, String step) throws Exception {
    return http().audit(trace).stream()
        .filter(event -> event.path("type").asString().equals("tool_call.attempted"))
        .filter(event -> event.path("refs").path("step_id").asString().equals(step))
        .count();
  }

  private static void assertIsOneTree(String trace) throws Exception {
    List<JsonNode> nodes =
        http().get("/traces/" + trace).json().path("nodes").valueStream().toList();
    List<String> ids = nodes.stream().map(node -> node.path("id").asString()).toList();
    assertThat(nodes.stream().filter(node -> !node.has("parent_id"))).hasSize(1);
    assertThat(nodes.stream().filter(node -> node.has("parent_id")))
        .allSatisfy(node -> assertThat(ids).contains(node.path("parent_id").asString()));
  }
}

package dev.syris.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The gate through the packaged program: what is asked about, and what an outside target sees. */
class ApprovalIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String POLICY =
      """
      risk:
        - {tool: noop, where: {arg: echo, equals: medium}, level: medium}
        - {tool: noop, where: {arg: echo, equals: high}, level: high}
        - {tool: noop, where: {arg: echo, equals: critical}, level: critical}
      rules:
        - {tool: noop, where: {arg: echo, equals: denied}, decision: deny}
      anti_flap:
        - {tool: noop, where: {arg: echo, equals: flapping}, window: 5m}
      """;

  private static SyrisProcess syris;
  private static Recorder recorder;

  @BeforeAll
  static void start() throws Exception {
    recorder = Recorder.start();
    syris = SyrisProcess.start();
    policy(POLICY);
  }

  @AfterAll
  static void stop() throws Exception {
    syris.close();
    recorder.close();
  }

  @BeforeEach
  void confirm() throws Exception {
    level("A1");
  }

  private static Http http() throws Exception {
    return syris.http();
  }

  private static void level(String level) throws Exception {
    Http.Answer answer =
        http()
            .post("/controls/autonomy", "{\"level\":\"%s\",\"reason\":\"test\"}".formatted(level));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().path("autonomy_level").asString()).isEqualTo(level);
  }

  /** A call of the http tool that an outside target would see. */
  private static JsonNode call(String number) throws Exception {
    String body =
        """
        {"tool":"http","action":"request",
         "args":{"method":"POST","url":"%s","body":{"n":"%s"},"idempotent":true}}
        """
            .formatted(recorder.url(number), number);
    return accepted(http().post("/tool-calls", body));
  }

  private static JsonNode noop(String echo) throws Exception {
    return accepted(
        http()
            .post(
                "/tool-calls",
                "{\"tool\":\"noop\",\"action\":\"run\",\"args\":{\"echo\":\"%s\"}}"
                    .formatted(echo)));
  }

  private static JsonNode accepted(Http.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return answer.json();
  }

  private static void awaitCall(JsonNode call, String status) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(
                        http()
                            .get("/tool-calls/" + call.path("tool_call_id").asString())
                            .json()
                            .path("status")
                            .asString())
                    .isEqualTo(status));
  }

  private static void awaitTypes(JsonNode call, String... types) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(http().auditTypes(call.path("trace_id").asString()))
                    .containsExactly(types));
  }

  private static Http.Answer answer(JsonNode call, String verb) throws Exception {
    return http()
        .post(
            "/approvals/%s/%s".formatted(call.path("approval_id").asString(), verb),
            "{\"reason\":\"because\"}");
  }

  @Test
  void shouldSendExactlyWhatWasShownOnceItIsApproved() throws Exception {
    // Given
    JsonNode call = call("approved");
    assertThat(call.path("status").asString()).isEqualTo("waiting");
    String id = call.path("approval_id").asString();
    JsonNode approval = http().get("/approvals/" + id).json();
    assertThat(approval.path("status").asString()).isEqualTo("pending");
    assertThat(approval.at("/what/args/body/n").asString()).isEqualTo("approved");
    assertThat(approval.path("risk_level").asString()).isEqualTo("medium");
    assertThat(approval.path("why").asString()).contains("A1");
    assertThat(approval.at("/preview/url").asString()).isEqualTo(recorder.url("approved"));
    assertThat(recorder.requests("approved")).isEmpty();

    // When
    Http.Answer answer = answer(call, "approve");

    // Then
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    awaitCall(call, "succeeded");
    assertThat(recorder.requests("approved"))
        .singleElement()
        .satisfies(it -> assertThat(it.body()).isEqualTo("{\"n\":\"approved\"}"));
    awaitTypes(
        call,
        "gate.required",
        "operator.action.approval_approve",
        "gate.approved",
        "tool_call.attempted",
        "tool_call.succeeded");
    JsonNode made = http().get("/tool-calls/" + call.path("tool_call_id").asString()).json();
    assertThat(made.at("/output/request_sha256").asString())
        .isEqualTo(approval.path("preview_hash").asString());
    assertThat(answer(call, "approve").status()).isEqualTo(409);
    JsonNode trace = http().get("/traces/" + call.path("trace_id").asString()).json();
    assertThat(trace.path("nodes").toString()).contains("\"approval\"", "rest");
  }

  @Test
  void shouldSendNothingWhenItIsDenied() throws Exception {
    // Given
    JsonNode call = call("denied");

    // When
    Http.Answer answer = answer(call, "deny");

    // Then
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().at("/decision/reason").asString()).isEqualTo("because");
    awaitCall(call, "denied");
    awaitTypes(
        call, "gate.required", "operator.action.approval_deny", "gate.denied", "tool_call.failed");
    assertThat(recorder.requests("denied")).isEmpty();
  }

  @Test
  void shouldSendNothingWhenNobodyAnswersInTime() throws Exception {
    // Given
    policy(POLICY + "approvals: {expire_after: 2s}");
    try {
      // When
      JsonNode call = call("expired");
      // Then
      awaitCall(call, "expired");
      awaitTypes(call, "gate.required", "gate.expired", "tool_call.failed");
      assertThat(answer(call, "approve").status()).isEqualTo(409);
      assertThat(recorder.requests("expired")).isEmpty();
    } finally {
      policy(POLICY);
    }
  }

  /** Writes the policy, and waits until it holds. */
  private static void policy(String text) throws Exception {
    int before = http().all("/audit?type=operator.action.policy_load").size();
    Files.writeString(syris.folder().resolve("policy.yml"), text);
    await()
        .atMost(SOON)
        .until(() -> http().all("/audit?type=operator.action.policy_load").size() > before);
  }

  @Test
  void shouldRunOnceWhenKilledBetweenApprovalAndRun() throws Exception {
    // Given
    JsonNode call = call("killed");
    assertThat(http().post("/controls/pause", "{}").status()).isEqualTo(200);
    assertThat(answer(call, "approve").status()).isEqualTo(200);

    // When
    syris.kill();
    syris.launch();

    // Then
    assertThat(recorder.requests("killed")).isEmpty();
    assertThat(http().post("/controls/resume", "{}").status()).isEqualTo(200);
    awaitCall(call, "succeeded");
    assertThat(recorder.requests("killed")).hasSize(1);
  }

  @Test
  void shouldLetATaskWaitAcrossARestart() throws Exception {
    // Given
    String body =
        """
        {"name":"gated","steps":[
          {"name":"send","tool":"http","action":"request",
           "args":{"method":"POST","url":"%s","body":"x","idempotent":true}}]}
        """
            .formatted(recorder.url("step"));
    Http.Answer created = http().post("/tasks", body);
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    String task = created.json().path("task_id").asString();
    await()
        .atMost(SOON)
        .until(
            () ->
                "approval"
                    .equals(http().get("/tasks/" + task).json().path("waiting_for").asString("")));

    // When
    syris.stop();
    syris.launch();
    String approval =
        http().all("/approvals?status=pending").stream()
            .filter(one -> task.equals(one.at("/refs/task_id").asString("")))
            .findFirst()
            .orElseThrow()
            .path("approval_id")
            .asString();
    Http.Answer answer = http().post("/approvals/%s/approve".formatted(approval), "{}");

    // Then
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    await()
        .atMost(SOON)
        .until(
            () ->
                http().get("/tasks/" + task).json().path("status").asString().equals("succeeded"));
    assertThat(recorder.requests("step")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "A0, low, previewed", "A0, medium, previewed", "A0, high, previewed", "A0, critical, previewed",
    "A1, low, waiting", "A1, medium, waiting", "A1, high, waiting", "A1, critical, blocked",
    "A2, low, succeeded", "A2, medium, waiting", "A2, high, waiting", "A2, critical, blocked",
    "A3, low, succeeded", "A3, medium, succeeded", "A3, high, waiting", "A3, critical, blocked",
    "A4, low, succeeded", "A4, medium, succeeded", "A4, high, succeeded", "A4, critical, waiting"
  })
  void shouldDoWhatTheTableSays(String level, String risk, String status) throws Exception {
    // Given
    level(level);
    // When
    JsonNode call = noop(risk);
    // Then
    awaitCall(call, status);
  }

  @Test
  void shouldLoseNothingAtTheDoorWhilePausedAndWorkItOff() throws Exception {
    // Given
    level("A2");
    assertThat(http().post("/controls/pause", "{}").json().path("paused").asBoolean()).isTrue();

    // When
    List<JsonNode> calls =
        IntStream.range(0, 20)
            .mapToObj(
                i -> {
                  try {
                    return noop("p" + i);
                  } catch (Exception e) {
                    throw new AssertionError(e);
                  }
                })
            .toList();

    // Then
    assertThat(calls).allMatch(call -> call.path("status").asString().equals("received"));
    assertThat(http().post("/controls/resume", "{}").json().path("paused").asBoolean()).isFalse();
    calls.forEach(call -> awaitCall(call, "succeeded"));
    assertThat(http().get("/controls").json().path("history").size()).isGreaterThan(2);
  }

  @Test
  void shouldBlockWhatThePolicyDeniesAndWhatFlaps() throws Exception {
    // Given
    level("A4");
    // When
    JsonNode denied = noop("denied");
    JsonNode first = noop("flapping");
    JsonNode second = noop("flapping");
    // Then
    awaitCall(denied, "blocked");
    awaitTypes(denied, "tool_call.blocked");
    awaitCall(first, "succeeded");
    awaitCall(second, "blocked");
    awaitTypes(second, "gate.antiflap_block");
  }

  @Test
  void shouldSayWhatWouldBecomeOfACallAndDoNothing() throws Exception {
    // When
    Http.Answer answer =
        http()
            .post(
                "/tool-calls?dry_run=true",
                """
                {"tool":"http","action":"request","args":{"method":"POST","url":"%s"}}
                """
                    .formatted(recorder.url("dry")));
    // Then
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().path("decision").asString()).isEqualTo("confirm");
    assertThat(answer.json().at("/risk/level").asString()).isEqualTo("medium");
    assertThat(answer.json().path("policy_version").asString()).startsWith("sha256:");
    assertThat(recorder.requests("dry")).isEmpty();
  }

  @Test
  void shouldRefuseTheTokenThatAskedForTheCall() throws Exception {
    // Given
    Http.Answer made =
        http()
            .post(
                "/tokens",
                "{\"name\":\"agent-%s\",\"scopes\":[\"read\",\"call\",\"approve\"]}"
                    .formatted(UUID.randomUUID()));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    var agent = new Http(syris.url(), made.json().path("secret").asString());
    JsonNode call =
        accepted(agent.post("/tool-calls", "{\"tool\":\"noop\",\"action\":\"run\",\"args\":{}}"));
    String path = "/approvals/%s/approve".formatted(call.path("approval_id").asString());
    // When
    Http.Answer own = agent.post(path, "{}");
    Http.Answer operator = http().post(path, "{}");
    // Then
    assertThat(own.status()).as(own.text()).isEqualTo(403);
    assertThat(operator.status()).as(operator.text()).isEqualTo(200);
    awaitCall(call, "succeeded");
  }

  @Test
  void shouldPointAtWhatIsWrongInACall() throws Exception {
    // When
    Http.Answer tool =
        http().post("/tool-calls", "{\"tool\":\"oven\",\"action\":\"heat\",\"args\":{}}");
    Http.Answer args =
        http()
            .post(
                "/tool-calls", "{\"tool\":\"noop\",\"action\":\"run\",\"args\":{\"sleep_ms\":-1}}");
    Http.Answer level = http().post("/controls/autonomy", "{\"level\":\"A9\"}");
    // Then
    assertThat(pointer(tool)).isEqualTo("/tool");
    assertThat(pointer(args)).isEqualTo("/args/sleep_ms");
    assertThat(pointer(level)).isEqualTo("/level");
  }

  private static String pointer(Http.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    return answer.json().at("/errors/0/pointer").asString();
  }

  @Test
  void shouldNeverDecideOnAGet() throws Exception {
    // Given
    JsonNode call = noop("low");
    String path = "/approvals/%s/approve".formatted(call.path("approval_id").asString());
    // When
    Http.Answer got =
        Http.send(
            HttpRequest.newBuilder(URI.create(syris.url() + path))
                .header("Authorization", "Bearer " + syris.token())
                .GET()
                .build());
    // Then
    assertThat(got.status()).isIn(404, 405);
    awaitCall(call, "waiting");
  }
}

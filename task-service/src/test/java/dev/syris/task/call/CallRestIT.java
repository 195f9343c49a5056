package dev.syris.task.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.platform.assertion.Caller;
import dev.syris.platform.assertion.CallerAssertion;
import dev.syris.task.support.Database;
import dev.syris.task.support.RunningTask;
import dev.syris.task.support.ScriptedTool;
import dev.syris.task.tool.ActionDefinition.Effect;
import dev.syris.task.tool.ToolAnswer;
import dev.syris.task.tool.ToolRegistry;
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
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Calls, answers and controls at the service's own door. */
@WithBackends
class CallRestIT {

  private static final TestDatabase TEST = TestBackends.freshDatabase();
  private static final CallerAssertion ASSERTIONS =
      new CallerAssertion("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", InstantSource.system());
  private static final Caller AGENT = new Caller("agent", "agent", Set.of("call", "approve"));
  private static final Caller ADMIN = new Caller("admin", "admin", Set.of("admin"));
  private static final Caller READER = new Caller("reader", "reader", Set.of("read"));
  private static final String NOOP = "{\"tool\": \"noop\", \"action\": \"run\", \"args\": {}}";
  private static final String LOST = "{\"tool\": \"lost\", \"action\": \"go\", \"args\": {}}";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static Database database;
  private static RunningTask service;

  @BeforeAll
  static void start() {
    database = new Database(TEST.owner());
    service = RunningTask.start(TEST, "syris-task-call-rest-it");
    service
        .bean(ToolRegistry.class)
        .register(
            ScriptedTool.of("lost", Effect.ONCE)
                .does(
                    _ ->
                        new ToolAnswer.Unknown(
                            ErrorDetail.permanent("lost", "nobody knows what became of it"))));
  }

  @AfterAll
  static void stop() {
    service.close();
    database.close();
  }

  @BeforeEach
  void usual() throws Exception {
    send(ADMIN, "/controls/resume", "");
    send(ADMIN, "/controls/autonomy", "{\"level\": \"A2\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/tool-calls|{}|/tool",
        "/tool-calls|{\"tool\":\"noop\"}|/action",
        "/tool-calls|{\"tool\":\"noop\",\"action\":\"run\"}|/args",
        "/tool-calls|{\"tool\":\"oven\",\"action\":\"run\",\"args\":{}}|/tool",
        "/tool-calls|{\"tool\":\"noop\",\"action\":\"fly\",\"args\":{}}|/action",
        "/tool-calls|{\"tool\":\"noop\",\"action\":\"run\",\"args\":{\"x\":1}}|/args/x",
        "/tool-calls|{\"tool\":\"noop\",\"action\":\"run\",\"args\":{},\"key\":1}|/key",
        "/controls/autonomy|{}|/level",
        "/controls/autonomy|{\"level\":\"a2\"}|/level",
        "/controls/autonomy|{\"level\":\"A2\",\"reason\":7}|/reason",
        "/controls/autonomy|{\"level\":\"A2\",\"expires_at\":\"2020-01-01T00:00:00Z\"}|/expires_at",
        "/controls/pause|{\"mode\":\"stop\"}|/mode"
      })
  void shouldPointAtWhatIsWrong(String path, String body, String pointer) throws Exception {
    // When
    HttpResponse<String> answer = send(ADMIN, path, body);
    // Then
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    assertThat(json(answer).at("/errors/0/pointer").asString()).isEqualTo(pointer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/tool-calls",
        "/controls/autonomy",
        "/controls/pause",
        "/controls/resume",
        "/approvals/%s/approve",
        "/approvals/%s/deny"
      })
  void shouldRefuseWhoMayOnlyRead(String path) throws Exception {
    assertThat(send(READER, path.formatted(UUID.randomUUID()), "{}").statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/approvals/%s/approve", "/approvals/%s/deny", "/tool-calls/%s/resolve"})
  void shouldNotFindWhatIsNotThere(String path) throws Exception {
    String body = "{\"reason\": \"r\", \"outcome\": \"failed\"}";
    assertThat(send(ADMIN, path.formatted(UUID.randomUUID()), body).statusCode()).isEqualTo(404);
    assertThat(send(ADMIN, path.formatted("none"), body).statusCode()).isEqualTo(404);
  }

  @Test
  void shouldSettleByHandACallThatIsPartOfNothing() throws Exception {
    // Given
    String call = json(send(AGENT, "/tool-calls", LOST)).path("tool_call_id").asString();
    await().untilAsserted(() -> assertThat(status(call)).isEqualTo("unknown"));
    String path = "/tool-calls/%s/resolve".formatted(call);
    // When
    HttpResponse<String> noReason = send(AGENT, path, "{\"outcome\": \"failed\"}");
    HttpResponse<String> noOutcome = send(AGENT, path, "{\"reason\": \"r\", \"outcome\": \"x\"}");
    HttpResponse<String> early = send(AGENT, path, "{\"reason\": \"r\", \"outcome\": \"retry\"}");
    HttpResponse<String> settled =
        send(
            AGENT, path, "{\"reason\": \"r\", \"outcome\": \"succeeded\", \"output\": {\"n\": 1}}");
    HttpResponse<String> again = send(AGENT, path, "{\"reason\": \"r\", \"outcome\": \"failed\"}");
    // Then
    assertThat(noReason.statusCode()).isEqualTo(422);
    assertThat(json(noReason).at("/errors/0/pointer").asString()).isEqualTo("/reason");
    assertThat(noOutcome.statusCode()).isEqualTo(422);
    assertThat(json(noOutcome).at("/errors/0/pointer").asString()).isEqualTo("/outcome");
    assertThat(early.statusCode()).isEqualTo(409);
    assertThat(early.headers().firstValue("Retry-After")).isPresent();
    assertThat(settled.statusCode()).isEqualTo(200);
    assertThat(json(settled).at("/output/n").asInt()).isEqualTo(1);
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(json(again).path("status_now").asString()).isEqualTo("succeeded");
  }

  @Test
  void shouldAnswerWithTheApprovalAndThenWithAConflict() throws Exception {
    // Given
    send(ADMIN, "/controls/autonomy", "{\"level\": \"A1\", \"reason\": \"away\"}");
    JsonNode call = json(send(AGENT, "/tool-calls", NOOP));
    String path = "/approvals/%s".formatted(call.path("approval_id").asString());
    // When
    HttpResponse<String> own = send(AGENT, path + "/approve", "{}");
    HttpResponse<String> silent = send(ADMIN, path + "/deny", "{}");
    HttpResponse<String> denied = send(ADMIN, path + "/deny", "{\"reason\": \"no\"}");
    HttpResponse<String> again = send(ADMIN, path + "/approve", "{}");
    // Then
    assertThat(call.path("status").asString()).isEqualTo("waiting");
    assertThat(json(own).path("code").asString()).isEqualTo("approval.own_request");
    assertThat(silent.statusCode()).isEqualTo(422);
    assertThat(json(denied).path("status").asString()).isEqualTo("denied");
    assertThat(json(denied).at("/decision/channel").asString()).isEqualTo("rest");
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(json(again).path("status_now").asString()).isEqualTo("denied");
  }

  @Test
  void shouldShowTheControlsWithTheirHistory() throws Exception {
    // When
    JsonNode raised =
        json(
            send(
                ADMIN,
                "/controls/autonomy",
                "{\"level\": \"A4\", \"reason\": \"r\", \"expires_at\": \"2999-01-01T00:00:00Z\"}"));
    JsonNode paused = json(send(ADMIN, "/controls/pause", "{\"mode\": \"halt\"}"));
    // Then
    assertThat(raised.path("autonomy_level").asString()).isEqualTo("A4");
    assertThat(raised.path("expires_at").asString()).startsWith("2999");
    assertThat(raised.at("/set_by/id").asString()).isEqualTo("admin");
    assertThat(raised.at("/history/0/was").asString()).isEqualTo("A2");
    assertThat(paused.path("paused").asBoolean()).isTrue();
    assertThat(paused.path("pause_mode").asString()).isEqualTo("halt");
    JsonNode waiting = json(send(AGENT, "/tool-calls", NOOP));
    assertThat(waiting.path("status").asString()).isEqualTo("received");
  }

  @Test
  void shouldRefuseAParameterThatIsNoneAndABodyThatIsNoJson() throws Exception {
    assertThat(send(AGENT, "/tool-calls?dry_run=perhaps", NOOP).statusCode()).isEqualTo(400);
    assertThat(send(AGENT, "/tool-calls", "{").statusCode()).isEqualTo(400);
  }

  private static String status(String call) {
    return database
        .jdbc
        .sql("select status from task.tool_call where tool_call_id = :id::uuid")
        .param("id", call)
        .query(String.class)
        .single();
  }

  private static HttpResponse<String> send(Caller caller, String path, String body)
      throws Exception {
    String signed = path.contains("?") ? path.substring(0, path.indexOf('?')) : path;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
            .header(CallerAssertion.HEADER, ASSERTIONS.sign(caller, "POST", signed))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body.getBytes(UTF_8)))
            .build();
    return CLIENT.send(request, BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return Json.mapper().readTree(answer.body());
  }
}

package dev.syris.task.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.id.TraceParent;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.platform.assertion.Caller;
import dev.syris.platform.assertion.CallerAssertion;
import dev.syris.platform.secret.KeySource;
import dev.syris.platform.secret.SecretName;
import dev.syris.platform.secret.SecretSettings;
import dev.syris.platform.secret.SecretValue;
import dev.syris.platform.secret.SecretVault;
import dev.syris.task.call.CallInbox;
import dev.syris.task.call.ReceivedCall;
import dev.syris.task.support.Database;
import dev.syris.task.support.Requests;
import dev.syris.task.support.RunningTask;
import dev.syris.task.support.Topic;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import dev.syris.testkit.schema.PublishedSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** The http tool in the running service: its secrets, its health, and being disabled. */
@WithBackends
class IntegrationsIT {

  private static final String ASSERTION_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
  private static final String SECRETS_KEY = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";

  private static final TraceId TRACE = new TraceId(UUID.randomUUID());

  private final Topic audit = Topic.audit();
  private final TestDatabase test = TestBackends.freshDatabase();
  private final Database database = new Database(test.as("syris_task"));
  private final Database owner = new Database(test.owner());
  private final CallerAssertion assertions =
      new CallerAssertion(ASSERTION_KEY, InstantSource.system());
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private volatile int status = 200;

  private HttpServer target = start();
  private RunningTask task =
      RunningTask.start(
          test,
          "syris-task-integrations-" + UUID.randomUUID(),
          "--syris.secrets.key=" + SECRETS_KEY,
          "--syris.policy.file=" + policy());

  /** The lamp's secrets are for the http tool to use, without asking. */
  private static Path policy() {
    try {
      Path file = Files.createTempFile("policy", ".yml");
      file.toFile().deleteOnExit();
      return Files.writeString(file, "secrets: [{secret: \"lamp/*\", tool: http}]");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpServer start() {
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
      server.createContext(
          "/",
          exchange -> {
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Token")));
            exchange.getResponseHeaders().set("Retry-After", "60");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void awaitTools() {
    await()
        .until(
            () ->
                owner.count("select count(*) from task.integration where integration_id = 'http'")
                    == 1);
  }

  @AfterEach
  void close() {
    task.close();
    target.stop(0);
    audit.close();
    database.close();
    owner.close();
  }

  @Test
  void shouldFollowAReferenceAndKeepNothingButTheReference() {
    // Given
    secretIsSet();
    // When
    ToolCallRequest request = call("GET");
    awaitStatus(request, "succeeded");
    // Then
    assertThat(tokens).containsExactly("hunter2");
    assertThat(
            owner.count(
                "select count(*) from task.tool_call where tool_call::text like '%hunter2%'"))
        .isZero();
    assertThat(
            owner.count("select count(*) from task.tool_call where args::text like '%lamp/token%'"))
        .isEqualTo(1);
    assertThat(
            owner.count(
                "select count(*) from task.outbox where encode(packed, 'escape') like '%hunter2%'"))
        .isZero();
  }

  @Test
  void shouldShowHowTheToolFares() {
    // Given
    secretIsSet();
    status = 429;
    // When
    awaitStatus(call("GET"), "failed");
    awaitStatus(call("GET"), "failed");
    await().until(() -> integration().path("consecutive_errors").asInt() == 2);
    // Then
    JsonNode failing = integration();
    assertThat(failing.path("status").asString()).isEqualTo("degraded");
    assertThat(failing.path("last_error").path("code").asString()).isEqualTo("http.status_429");
    assertThat(failing.has("rate_limit_resets_at")).isTrue();
    assertThat(failing.has("last_success_at")).isFalse();
    assertThat(PublishedSchema.named("integration").problemsOf(failing)).isEmpty();
    assertThat(PublishedSchema.named("tool").problemsOf(tool())).isEmpty();
    assertThat(tool().path("consecutive_errors").asInt()).isEqualTo(2);
    status = 200;
    awaitStatus(call("GET"), "succeeded");
    await().until(() -> integration().path("status").asString().equals("connected"));
    assertThat(integration().path("consecutive_errors").asInt()).isZero();
    assertThat(integration().has("last_success_at")).isTrue();
  }

  @Test
  void shouldBlockAtOnceWhileDisabledAndSayWhoDidIt() throws Exception {
    // Given
    secretIsSet();
    // When
    HttpResponse<String> disabled = patch("{\"enabled\": false}", "admin");
    ToolCallRequest blocked = call("GET");
    awaitStatus(blocked, "blocked");
    // Then
    assertThat(disabled.statusCode()).isEqualTo(200);
    JsonNode answer = Json.mapper().readTree(disabled.body());
    assertThat(answer.path("status").asString()).isEqualTo("disabled");
    assertThat(PublishedSchema.named("integration").problemsOf(answer)).isEmpty();
    assertThat(tool().path("status").asString()).isEqualTo("disabled");
    assertThat(tokens).isEmpty();
    assertThat(error(blocked)).isEqualTo("tool.disabled");
    await().until(() -> !audit.audits(TRACE).isEmpty());
    assertThat(audit.audits(TRACE))
        .singleElement()
        .satisfies(
            said -> {
              assertThat(said.type()).isEqualTo("operator.action.integration_disable");
              assertThat(said.actor().id()).isEqualTo("token-1");
              assertThat(said.refs().get("integration_id")).isEqualTo("http");
            });
    HttpResponse<String> enabled = patch("{\"enabled\": true}", "admin");
    assertThat(Json.mapper().readTree(enabled.body()).path("enabled").asBoolean()).isTrue();
    awaitStatus(call("GET"), "succeeded");
  }

  @Test
  void shouldRefuseWhatIsNoChangeOfAnIntegration() throws Exception {
    assertThat(patch("{\"enabled\": false}", "call").statusCode()).isEqualTo(403);
    assertThat(patch("{", "admin").statusCode()).isEqualTo(400);
    HttpResponse<String> wrong = patch("{\"enabled\": \"no\", \"type\": 1}", "admin");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("\"/enabled\"", "\"/type\"");
    assertThat(patch("/integrations/none", "{\"enabled\": true}", "admin").statusCode())
        .isEqualTo(404);
    assertThat(integration().path("enabled").asBoolean()).isTrue();
  }

  @Test
  void shouldChangeOnlyTheVersionThatWasSeen() throws Exception {
    // When
    HttpResponse<String> off =
        patch("/integrations/http", "{\"enabled\": false}", "admin", "\"1\"");
    HttpResponse<String> late =
        patch("/integrations/http", "{\"enabled\": true}", "admin", "\"1\"");
    HttpResponse<String> on = patch("/integrations/http", "{\"enabled\": true}", "admin", "\"2\"");
    HttpResponse<String> any = patch("/integrations/http", "{\"enabled\": true}", "admin", "*");
    // Then
    assertThat(off.statusCode()).as(off.body()).isEqualTo(200);
    assertThat(off.headers().firstValue("ETag")).contains("\"2\"");
    assertThat(late.statusCode()).isEqualTo(412);
    assertThat(on.statusCode()).isEqualTo(200);
    assertThat(any.headers().firstValue("ETag")).contains("\"4\"");
    assertThat(integration().path("version").asLong()).isEqualTo(4);
  }

  @Test
  void shouldSwitchAWatcherOnlyInTheVersionThatWasSeen() throws Exception {
    // Given
    await()
        .until(
            () ->
                owner.count("select count(*) from task.watcher where watcher_id = 'system'") == 1);
    // When
    HttpResponse<String> off = patch("/watchers/system", "{\"enabled\": false}", "admin", "\"1\"");
    HttpResponse<String> late = patch("/watchers/system", "{\"enabled\": true}", "admin", "\"1\"");
    HttpResponse<String> on = patch("/watchers/system", "{\"enabled\": true}", "admin");
    // Then
    assertThat(off.statusCode()).as(off.body()).isEqualTo(200);
    assertThat(off.headers().firstValue("ETag")).contains("\"2\"");
    assertThat(late.statusCode()).isEqualTo(412);
    assertThat(on.headers().firstValue("ETag")).contains("\"3\"");
    assertThat(Json.mapper().readTree(on.body()).path("version").asLong()).isEqualTo(3);
  }

  private void secretIsSet() {
    KeySource keys = new SecretSettings(SECRETS_KEY, null).source();
    try (var source = test.owner().dataSource("vault")) {
      new SecretVault(source, keys, "task", InstantSource.system())
          .set(new SecretName("lamp/token"), new SecretValue("hunter2"));
    }
  }

  private ToolCallRequest call(String method) {
    String args =
        """
        {"method": "%s", "url": "http://127.0.0.1:%d/", "headers": {"X-Token": {"$secret": "lamp/token"}}}
        """
            .formatted(method, target.getAddress().getPort());
    ToolCallRequest request = Requests.request("http", "request", args, List.of("http"));
    CallInbox inbox = task.bean(CallInbox.class);
    task.bean(TransactionTemplate.class)
        .executeWithoutResult(_ -> inbox.add(List.of(ReceivedCall.of(request))));
    return request;
  }

  private void awaitStatus(ToolCallRequest request, String wanted) {
    await().until(() -> database.status(request.toolCallId()).equals(wanted));
  }

  private String error(ToolCallRequest request) {
    return owner
        .jdbc
        .sql("select error ->> 'code' from task.tool_call where tool_call_id = :id")
        .param("id", request.toolCallId().value())
        .query(String.class)
        .single();
  }

  private JsonNode integration() {
    return body("select body from api.integration where integration_id = 'http'");
  }

  private JsonNode tool() {
    return body("select body from api.tool where tool = 'http'");
  }

  private JsonNode body(String sql) {
    return Json.mapper().readTree(owner.jdbc.sql(sql).query(String.class).single());
  }

  private HttpResponse<String> patch(String body, String scope) throws Exception {
    return patch("/integrations/http", body, scope);
  }

  private HttpResponse<String> patch(String path, String body, String scope) throws Exception {
    return patch(path, body, scope, null);
  }

  private HttpResponse<String> patch(
      String path, String body, String scope, @Nullable String ifMatch) throws Exception {
    var caller = new Caller("token-1", "test", Set.of(scope));
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + task.port() + path))
            .header("Content-Type", "application/json")
            .header("traceparent", TraceParent.format(TRACE, UUID.randomUUID()))
            .header(CallerAssertion.HEADER, assertions.sign(caller, "PATCH", path))
            .method("PATCH", BodyPublishers.ofString(body, UTF_8));
    if (ifMatch != null) {
      request.header("If-Match", ifMatch);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }
}

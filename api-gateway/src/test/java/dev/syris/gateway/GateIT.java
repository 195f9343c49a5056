package dev.syris.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.approval.Approval;
import dev.syris.contracts.approval.ApprovalStatus;
import dev.syris.contracts.audit.Refs;
import dev.syris.contracts.control.AutonomyLevel;
import dev.syris.contracts.event.Channel;
import dev.syris.contracts.id.ApprovalId;
import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.routing.ExecutionMode;
import dev.syris.contracts.routing.RiskLevel;
import dev.syris.contracts.tool.Requester;
import dev.syris.gateway.fixture.Call;
import dev.syris.gateway.fixture.FakeService;
import dev.syris.gateway.fixture.FakeService.Answer;
import dev.syris.gateway.fixture.FakeService.Received;
import dev.syris.gateway.fixture.Reply;
import dev.syris.gateway.fixture.TestGateway;
import dev.syris.gateway.fixture.Trail;
import dev.syris.platform.assertion.Caller;
import dev.syris.platform.assertion.CallerAssertion;
import dev.syris.testkit.WithBackends;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Approvals, controls and calls of one's own, as the gateway shows and forwards them. */
@WithBackends
class GateIT {

  private static final TestGateway GATEWAY = TestGateway.shared();
  private static final FakeService TASK = GATEWAY.ingest();
  private static final Instant NOW = Instant.parse("2026-01-31T08:00:00.320Z");

  private final CallerAssertion assertions =
      new CallerAssertion(TestGateway.ASSERTION_KEY, InstantSource.system());

  @BeforeEach
  void listen() {
    TASK.received().clear();
  }

  @AfterEach
  void answerAsUsual() {
    TASK.answer(request -> new Answer(202, "{}", Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "/approvals/x/approve, approve, call",
    "/approvals/x/deny, approve, call",
    "/controls/autonomy, admin, approve",
    "/controls/pause, admin, approve",
    "/controls/resume, admin, approve",
    "/tool-calls, call, approve"
  })
  void shouldForwardACommandForItsScopeOnly(String path, String scope, String other) {
    // Given
    TASK.answer(request -> new Answer(200, "{\"ok\":true}", Map.of()));
    String body = "{\"reason\": \"fine\"}";
    // When
    Reply refused = GATEWAY.call("POST", path).token(GATEWAY.token(other)).json(body).send();
    Reply reply =
        GATEWAY
            .call("POST", path)
            .token(scope.equals("admin") ? GATEWAY.operator() : GATEWAY.token(scope))
            .header("Idempotency-Key", "k-1")
            .json(body)
            .send();
    // Then
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().get("missing_scope").stringValue()).isEqualTo(scope);
    assertThat(reply.status()).isEqualTo(200);
    Received got = only();
    assertThat(got.uri().getPath()).isEqualTo(path);
    assertThat(new String(got.body(), StandardCharsets.UTF_8)).isEqualTo(body);
    assertThat(got.headers().getFirst("Idempotency-Key")).isEqualTo("k-1");
  }

  @Test
  void shouldForwardADryRunAndNoOtherParameter() {
    // When
    Call dry = GATEWAY.call("POST", "/tool-calls?dry_run=true").token(GATEWAY.operator());
    Reply reply = dry.json("{}").send();
    Reply refused =
        GATEWAY.call("POST", "/tool-calls?x=1").token(GATEWAY.operator()).json("{}").send();
    // Then
    assertThat(reply.status()).isEqualTo(202);
    assertThat(only().uri().getQuery()).isEqualTo("dry_run=true");
    assertThat(refused.code()).isEqualTo("parameter.unknown");
  }

  @Test
  void shouldTakeAnApprovalWithoutABodyAndNoBodyThatIsNoJson() {
    // When
    Reply without = GATEWAY.call("POST", "/approvals/x/approve").token(GATEWAY.operator()).send();
    Reply form =
        GATEWAY
            .call("POST", "/approvals/x/approve")
            .token(GATEWAY.operator())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body("reason=x".getBytes(StandardCharsets.UTF_8))
            .send();
    // Then
    assertThat(without.status()).isEqualTo(202);
    assertThat(form.status()).isEqualTo(415);
    assertThat(TASK.received()).hasSize(1);
  }

  @Test
  void shouldListApprovalsNewestFirstByStatusAndTrace() {
    // Given
    UUID trace = UUID.randomUUID();
    UUID first = approval(trace, UUID.randomUUID(), "denied", NOW);
    UUID second = approval(trace, UUID.randomUUID(), "pending", NOW.plusSeconds(1));
    // When
    JsonNode all = GATEWAY.get("/approvals?trace_id=" + trace).json().get("items");
    JsonNode pending =
        GATEWAY.get("/approvals?status=pending&trace_id=" + trace).json().get("items");
    Reply one = GATEWAY.get("/approvals/" + first);
    // Then
    assertThat(all.valueStream().map(item -> item.get("approval_id").stringValue()))
        .containsExactly(second.toString(), first.toString());
    assertThat(pending.size()).isEqualTo(1);
    assertThat(one.json().get("status").stringValue()).isEqualTo("denied");
    assertThat(GATEWAY.get("/approvals/" + UUID.randomUUID()).code())
        .isEqualTo("approval.not_found");
    assertThat(GATEWAY.get("/approvals?status=maybe").status()).isEqualTo(400);
  }

  @Test
  void shouldTellTheControlsAndCountApprovals() {
    // Given
    approval(UUID.randomUUID(), UUID.randomUUID(), "canceled", NOW);
    // When
    JsonNode controls = GATEWAY.get("/controls").json();
    // Then
    assertThat(controls.get("autonomy_level").stringValue()).isEqualTo("A2");
    await()
        .untilAsserted(
            () -> {
              JsonNode state = GATEWAY.get("/state").json();
              assertThat(state.get("autonomy_level").stringValue()).isEqualTo("A2");
              assertThat(state.get("paused").booleanValue()).isFalse();
              assertThat(state.at("/approvals/canceled").longValue()).isPositive();
            });
  }

  @Test
  void shouldShowAnApprovalUnderItsCall() {
    // Given
    var trail = new Trail();
    EventId event = trail.event(Channel.CHAT, "phone", NOW, null);
    trail.decision(event, ExecutionMode.FAST, NOW);
    UUID call = trail.call(GATEWAY.owner(), event, "waiting", NOW);
    UUID approval = approval(trail.trace().value(), call, "pending", NOW);
    await().until(() -> GATEWAY.get("/traces/" + trail.trace()).json().path("nodes").size() == 4);
    // When
    JsonNode trace = GATEWAY.get("/traces/" + trail.trace()).json();
    // Then
    assertThat(trace.get("status").stringValue()).isEqualTo("running");
    JsonNode node = trace.get("nodes").get(3);
    assertThat(node.get("kind").stringValue()).isEqualTo("approval");
    assertThat(node.get("parent_id").stringValue()).isEqualTo("call/" + call);
    assertThat(GATEWAY.get(node.get("ref").stringValue()).json().get("approval_id").stringValue())
        .isEqualTo(approval.toString());
  }

  @ParameterizedTest
  @CsvSource({"GET", "POST"})
  void shouldForwardThePageOfALinkAsNobody(String method) {
    // Given
    TASK.answer(
        request ->
            new Answer(
                200,
                "<p>hello</p>",
                Map.of(
                    "Content-Type",
                    "text/html; charset=utf-8",
                    "Content-Security-Policy",
                    "default-src 'none'; form-action 'self'",
                    "Referrer-Policy",
                    "same-origin",
                    "X-Robots-Tag",
                    "noindex")));
    // When
    Reply reply = form(method).token(GATEWAY.operator()).send();
    // Then
    assertThat(reply.text()).isEqualTo("<p>hello</p>");
    assertThat(reply.headers().get("content-security-policy"))
        .containsExactly("default-src 'none'; form-action 'self'");
    assertThat(reply.headers().get("referrer-policy")).containsExactly("same-origin");
    assertThat(reply.headers().get("x-frame-options")).containsExactly("DENY");
    assertThat(reply.headers().get("cache-control")).containsExactly("no-store");
    assertThat(reply.header("x-robots-tag")).isEqualTo("noindex");
    String header = only().headers().getFirst(CallerAssertion.HEADER);
    assertThat(
            ((CallerAssertion.Result.Valid) assertions.verify(header, method, "/decide/t0"))
                .caller())
        .isEqualTo(Caller.ANONYMOUS);
    assertThat(new String(only().body(), StandardCharsets.UTF_8))
        .isEqualTo(method.equals("GET") ? "" : "answer=approve");
  }

  @ParameterizedTest
  @CsvSource({"null, 403", "https://evil.example, 403", "OURS, 202", "https://syris.home, 202"})
  void shouldTakeTheFormFromItsOwnPageOnly(String origin, int status) {
    // Given
    try (var gateway =
        TestGateway.start(
            TestGateway.database(),
            TestGateway.folder(),
            "syris.http.public-url=https://syris.home")) {
      String given = origin.equals("OURS") ? "http://127.0.0.1:" + gateway.port() : origin;
      // When
      Reply reply =
          gateway
              .call("POST", "/decide/t0")
              .header("Origin", given)
              .header("Content-Type", "application/x-www-form-urlencoded")
              .body("answer=approve".getBytes(StandardCharsets.UTF_8))
              .send();
      // Then
      assertThat(reply.status()).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /decide/t0, navigate, document, 202",
    "GET, /decide/t0, no-cors, image, 403",
    "GET, /decide/t0, navigate, iframe, 403",
    "POST, /decide/t0, navigate, document, 403",
    "GET, /health, navigate, document, 403"
  })
  void shouldShowThePageToWhoFollowsALinkFromAnyPageAndNothingElse(
      String method, String path, String mode, String destination, int status) {
    // When
    Reply reply =
        (path.equals("/health") ? GATEWAY.call(method, path) : form(method))
            .header("Sec-Fetch-Site", "cross-site")
            .header("Sec-Fetch-Mode", mode)
            .header("Sec-Fetch-Dest", destination)
            .send();
    // Then
    assertThat(reply.status()).isEqualTo(status);
  }

  @Test
  void shouldTakeNoAnswerThatIsNoForm() {
    // When
    Reply reply = GATEWAY.call("POST", "/decide/t0").json("{\"answer\": \"approve\"}").send();
    // Then
    assertThat(reply.status()).isEqualTo(415);
    assertThat(TASK.received()).isEmpty();
  }

  private static Call form(String method) {
    Call call = GATEWAY.call(method, "/decide/t0");
    return method.equals("GET")
        ? call
        : call.header("Content-Type", "application/x-www-form-urlencoded")
            .body("answer=approve".getBytes(StandardCharsets.UTF_8));
  }

  private static Received only() {
    assertThat(TASK.received()).hasSize(1);
    return TASK.received().getFirst();
  }

  /** As the task service would publish it. */
  private static UUID approval(UUID trace, UUID call, String status, Instant at) {
    UUID id = UUID.randomUUID();
    GATEWAY
        .owner()
        .sql(
            """
            insert into stub.approval (approval_id, trace_id, tool_call_id, status, created_at, expires_at, body)
            values (:id, :trace, :call, :status, :at::timestamptz, :at::timestamptz, :body::json)
            """)
        .param("id", id)
        .param("trace", trace)
        .param("call", call)
        .param("status", status)
        .param("at", at.toString())
        .param("body", new String(Json.bytes(body(id, trace, status, at)), StandardCharsets.UTF_8))
        .update();
    return id;
  }

  private static Approval body(UUID id, UUID trace, String status, Instant at) {
    return new Approval(
        new ApprovalId(id),
        at,
        at.plusSeconds(3600),
        ApprovalStatus.valueOf(status.toUpperCase(Locale.ROOT)),
        new TraceId(trace),
        Refs.NONE,
        RiskLevel.MEDIUM,
        List.of(),
        AutonomyLevel.A2,
        List.of(),
        new Approval.What("http", "request", Json.object()),
        "0".repeat(64),
        "1",
        "standing",
        null,
        null,
        "medium risk",
        new Requester("connector", "phone"),
        null,
        null,
        null,
        null);
  }
}

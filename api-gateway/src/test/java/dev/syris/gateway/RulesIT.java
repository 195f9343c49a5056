package dev.syris.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.event.Channel;
import dev.syris.contracts.id.EventId;
import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import dev.syris.gateway.fixture.FakeService;
import dev.syris.gateway.fixture.FakeService.Answer;
import dev.syris.gateway.fixture.FakeService.Received;
import dev.syris.gateway.fixture.Reply;
import dev.syris.gateway.fixture.TaskRows;
import dev.syris.gateway.fixture.TestGateway;
import dev.syris.gateway.fixture.Trail;
import dev.syris.testkit.WithBackends;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules as the gateway shows, explains, tries and forwards them. */
@WithBackends
class RulesIT {

  private static final TestGateway GATEWAY = TestGateway.shared();
  private static final FakeService TASK = GATEWAY.ingest();

  /** Rules are listed by a time no other test uses; events count by when they were appended. */
  private static final Instant KEPT = Instant.parse("2033-01-31T08:00:00.120Z");

  private static final String SINCE = "since=2033-01-31T08:00:00.120Z";
  private static final String CONNECTOR = "door-" + UUID.randomUUID();
  private static final Trail TRAIL = new Trail();
  private static final List<EventId> OPENED = new ArrayList<>();
  private static EventId closed;
  private static Instant began;
  private static Instant ended;

  @BeforeAll
  static void fill() {
    var rows = new TaskRows(GATEWAY.owner());
    rows.rule("door-a", true, 60_000, KEPT);
    rows.rule("door-b", false, 0, KEPT);
    rows.rule("door-c", true, 0, KEPT.plusMillis(1));
    began = Instant.now().minusSeconds(5);
    for (int i = 0; i < 5; i++) {
      EventId event = door("open");
      OPENED.add(event);
      TRAIL.rule("door-a", event, i == 0 ? null : "debounce", KEPT.plusSeconds(i));
    }
    TRAIL.rule("door-a", OPENED.getFirst(), null, KEPT); // the relay repeats itself
    closed = door("closed");
    TRAIL.rule("door-c", closed, "quiet_hours", KEPT);
    ended = Instant.now().plusSeconds(5);
    await()
        .until(
            () ->
                GATEWAY.get("/events/" + closed).status() == 200
                    && GATEWAY.get("/rules/door-c").json().path("suppressions").size() == 1
                    && GATEWAY.get("/audit?trace_id=" + TRAIL.trace()).json().path("items").size()
                        == 6);
  }

  private static EventId door(String state) {
    return TRAIL.event(
        Channel.WEBHOOK, CONNECTOR, Instant.now(), null, Json.object().put("state", state));
  }

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
    "'', door-c door-b door-a",
    "&enabled=true, door-c door-a",
    "&enabled=false, door-b",
    "&until=2033-01-31T08:00:00.121Z, door-b door-a"
  })
  void shouldListRulesNewestFirstByFilter(String filter, String expected) {
    // When
    Reply reply = GATEWAY.get("/rules?" + SINCE + filter);
    // Then
    assertThat(reply.json().get("items").valueStream().map(rule -> rule.get("rule_id").asString()))
        .containsExactly(expected.split(" "));
  }

  @Test
  void shouldShowWhatARuleDid() {
    // When
    JsonNode busy = GATEWAY.get("/rules/door-a").json();
    JsonNode held = GATEWAY.get("/rules/door-c").json();
    JsonNode idle = GATEWAY.get("/rules/door-b").json();
    // Then
    assertThat(busy.get("hits").asInt()).isEqualTo(1);
    assertThat(busy.get("suppressions")).isEqualTo(Json.object().put("debounce", 4));
    assertThat(busy.get("last_fired_at").asString()).isEqualTo(InstantCodec.format(KEPT));
    assertThat(held.get("hits").asInt()).isZero();
    assertThat(held.get("suppressions")).isEqualTo(Json.object().put("quiet_hours", 1));
    assertThat(held.has("last_fired_at")).isFalse();
    assertThat(idle.get("suppressions")).isEqualTo(Json.object());
  }

  @Test
  void shouldTellTheTagThatIfMatchTakes() {
    // When
    Reply rule = GATEWAY.get("/rules/door-a");
    Reply again =
        GATEWAY
            .call("GET", "/rules/door-a")
            .token(GATEWAY.token("read"))
            .header("If-None-Match", "\"3\"")
            .send();
    // Then
    assertThat(rule.json().get("version").asInt()).isEqualTo(3);
    assertThat(rule.header("etag")).isEqualTo("\"3\"");
    assertThat(again.status()).isEqualTo(304);
  }

  @Test
  void shouldSayThatThereIsNoSuchRule() {
    assertThat(GATEWAY.get("/rules/nothing").code()).isEqualTo("rule.not_found");
    assertThat(GATEWAY.get("/rules/nothing/explain?event_id=" + closed).code())
        .isEqualTo("rule.not_found");
    assertThat(GATEWAY.get("/rules/door-a/explain?event_id=" + UUID.randomUUID()).code())
        .isEqualTo("event.not_found");
  }

  @Test
  void shouldExplainWhichConditionWasNotMet() {
    // When
    JsonNode reply = explain("door-a", closed);
    // Then
    assertThat(reply.get("outcome").asString()).isEqualTo("not_matched");
    assertThat(reply.get("version").asInt()).isEqualTo(3);
    assertThat(reply.get("trace_id").asString()).isEqualTo(TRAIL.trace().toString());
    assertThat(reply.at("/unmet/pointer").asString()).isEqualTo("/conditions");
    assertThat(reply.at("/unmet/path").asString()).isEqualTo("content.structured.state");
    assertThat(reply.at("/unmet/op").asString()).isEqualTo("eq");
    assertThat(reply.at("/unmet/wanted").asString()).isEqualTo("open");
    assertThat(reply.at("/unmet/seen").asString()).isEqualTo("closed");
    assertThat(reply.at("/unmet/message").asString()).contains("does not hold");
  }

  @Test
  void shouldExplainWhatBecameOfAMatchFromTheTrail() {
    // When
    JsonNode fired = explain("door-a", OPENED.get(0));
    JsonNode held = explain("door-a", OPENED.get(1));
    JsonNode untold = explain("door-c", OPENED.get(0));
    JsonNode disabled = explain("door-b", OPENED.get(0));
    // Then
    assertThat(fired.get("outcome").asString()).isEqualTo("fired");
    assertThat(fired.has("reason")).isFalse();
    assertThat(fired.get("version").asInt()).isEqualTo(2);
    assertThat(held.get("outcome").asString()).isEqualTo("suppressed");
    assertThat(held.get("reason").asString()).isEqualTo("debounce");
    assertThat(held.get("until").asString()).isEqualTo(InstantCodec.format(KEPT.plusSeconds(61)));
    assertThat(untold.get("outcome").asString()).isEqualTo("would_match");
    assertThat(untold.has("reason")).isFalse();
    assertThat(disabled.get("reason").asString()).isEqualTo("disabled");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?event_id=", "?event_id=door", "?event_id=a&event_id=b"})
  void shouldRefuseToExplainNoEvent(String query) {
    // When
    Reply reply = GATEWAY.get("/rules/door-a/explain" + query);
    // Then
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().get("parameter").asString()).isEqualTo("event_id");
  }

  @Test
  void shouldTryAnUnsavedRuleOnPastEvents() {
    // Given
    ObjectNode rule = TaskRows.doorRule(60_000);
    rule.set("conditions", ours());
    // When
    JsonNode reply = simulate(period().set("rule", rule)).json();
    // Then
    assertThat(reply.get("fired").asInt()).isEqualTo(1);
    assertThat(reply.get("suppressed")).isEqualTo(Json.object().put("debounce", 4));
    assertThat(reply.get("events").asInt()).isGreaterThanOrEqualTo(6);
    assertThat(reply.get("samples").size()).isEqualTo(5);
    JsonNode sample = reply.get("samples").get(0);
    assertThat(sample.get("outcome").asString()).isEqualTo("fired");
    assertThat(sample.get("link").asString()).isEqualTo("/traces/" + TRAIL.trace());
    assertThat(reply.get("samples").get(1).get("reason").asString()).isEqualTo("debounce");
    JsonNode today = reply.get("days").get(0);
    assertThat(today.get("day").asString())
        .isEqualTo(LocalDate.ofInstant(began, ZoneId.systemDefault()).toString());
  }

  @Test
  void shouldTryEventsOfOneMillisecondInTheOrderInWhichTheyLie() {
    // Given
    String connector = "at-once-" + UUID.randomUUID();
    Instant at = Instant.parse("2034-01-31T08:00:00.120Z");
    var trail = new Trail();
    var expected = new ArrayList<String>();
    for (int i = 0; i < 12; i++) {
      expected.add(trail.event(Channel.WEBHOOK, connector, at, null, open()).toString());
    }
    await().until(() -> GATEWAY.get("/events/" + expected.getLast()).status() == 200);
    List<String> placeless =
        Stream.generate(() -> UUID.randomUUID().toString()).limit(3).sorted().toList();
    placeless.reversed().forEach(id -> before(id, connector, at));
    expected.addAll(placeless);
    ObjectNode rule = TaskRows.doorRule(60_000).put("key", "${source.connector_id}");
    rule.set("conditions", eq("source.connector_id", connector));
    // When
    JsonNode reply =
        simulate(
                Json.object()
                    .put("since", InstantCodec.format(at))
                    .put("until", InstantCodec.format(at.plusMillis(1)))
                    .set("rule", rule))
            .json();
    // Then
    assertThat(texts(reply.get("samples"), "event_id")).isEqualTo(expected);
    JsonNode fired = reply.at("/samples/0");
    assertThat(fired.get("outcome").asString()).isEqualTo("fired");
    assertThat(fired.get("key").asString()).isEqualTo(connector);
    assertThat(fired.has("until")).isFalse();
    JsonNode held = reply.at("/samples/1");
    assertThat(held.get("reason").asString()).isEqualTo("debounce");
    assertThat(held.get("until").asString()).isEqualTo(InstantCodec.format(at.plusSeconds(60)));
  }

  /** An event from before places were kept. */
  private static void before(String id, String connector, Instant at) {
    ObjectNode body = Json.object();
    body.putObject("source").put("connector_id", connector);
    GATEWAY
        .owner()
        .sql(
            """
            insert into ledger.event (event_id, trace_id, ingested_at, channel, connector_id, body)
            values (:id::uuid, :id::uuid, :at, 'webhook', :connector, :body::json)
            """)
        .param("id", id)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .param("connector", connector)
        .param("body", body.toString())
        .update();
  }

  private static List<String> texts(JsonNode items, String name) {
    return items.valueStream().map(item -> item.path(name).asString()).toList();
  }

  private static ObjectNode open() {
    return Json.object().put("state", "open");
  }

  private static ObjectNode eq(String field, String value) {
    return Json.object().put("field", field).put("op", "eq").put("value", value);
  }

  @Test
  void shouldTryAKeptRuleAndLeaveNoTrace() {
    // Given
    JsonNode before = GATEWAY.get("/rules/door-a").json();
    String audits = "/audit?trace_id=" + TRAIL.trace();
    // When
    Reply reply = simulate(period().put("rule_id", "door-a"));
    // Then
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().get("fired").asInt()).isPositive();
    assertThat(GATEWAY.get("/rules/door-a").json()).isEqualTo(before);
    assertThat(GATEWAY.get(audits).json().get("items").size()).isEqualTo(6);
    assertThat(TASK.received()).isEmpty();
  }

  @Test
  void shouldTryARuleAsItWasShown() {
    // Given
    var shown = (ObjectNode) GATEWAY.get("/rules/door-a").json();
    shown.put("created_at", InstantCodec.format(KEPT)).put("updated_at", InstantCodec.format(KEPT));
    // When
    Reply reply = simulate(period().set("rule", shown));
    // Then
    assertThat(shown.propertyNames()).contains("hits", "suppressions", "last_fired_at");
    assertThat(reply.status()).isEqualTo(200);
  }

  @Test
  void shouldRefuseToTryWhatIsNoRule() {
    // Given
    ObjectNode rule = TaskRows.doorRule(0).put("debounce_ms", -1);
    // When
    Reply wrong = simulate(period().set("rule", rule));
    Reply unknown = simulate(period().put("rule_id", "nothing"));
    // Then
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.json().at("/errors/0/pointer").asString()).isEqualTo("/rule/debounce_ms");
    assertThat(unknown.status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /rules",
    "PUT, /rules/door-a",
    "PATCH, /rules/door-a",
    "DELETE, /rules/door-a"
  })
  void shouldForwardChangesForAnAdminOnly(String method, String path) {
    // Given
    TASK.answer(request -> new Answer(200, "{\"ok\":true}", Map.of("ETag", "\"2\"")));
    String body = method.equals("DELETE") ? "" : "{\"name\": \"doors\"}";
    // When
    Reply refused = send(method, path, GATEWAY.token("read", "call"), body);
    Reply reply = send(method, path, GATEWAY.operator(), body);
    // Then
    assertThat(refused.json().get("missing_scope").asString()).isEqualTo("admin");
    assertThat(reply.header("etag")).isEqualTo("\"2\"");
    assertThat(TASK.received()).hasSize(1);
    Received got = TASK.received().getFirst();
    assertThat(got.method()).isEqualTo(method);
    assertThat(got.uri().getPath()).isEqualTo(path);
    assertThat(got.headers().getFirst("If-Match")).isEqualTo("\"1\"");
    assertThat(new String(got.body(), StandardCharsets.UTF_8)).isEqualTo(body);
  }

  private static JsonNode explain(String rule, EventId event) {
    return GATEWAY.get("/rules/" + rule + "/explain?event_id=" + event).json();
  }

  private static ObjectNode period() {
    return Json.object()
        .put("since", InstantCodec.format(began))
        .put("until", InstantCodec.format(ended));
  }

  /** Open doors of this test alone. */
  private static ObjectNode ours() {
    ObjectNode conditions = Json.object();
    var all = conditions.putArray("all");
    all.addObject().put("field", "source.connector_id").put("op", "eq").put("value", CONNECTOR);
    all.addObject().put("field", "content.structured.state").put("op", "eq").put("value", "open");
    return conditions;
  }

  private static Reply simulate(JsonNode body) {
    return GATEWAY
        .call("POST", "/rules/simulate")
        .token(GATEWAY.token("read"))
        .json(body.toString())
        .send();
  }

  private static Reply send(String method, String path, String token, String body) {
    var call = GATEWAY.call(method, path).token(token).header("If-Match", "\"1\"");
    return (body.isEmpty() ? call : call.json(body)).send();
  }
}

package dev.syris.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.gateway.fixture.FakeService;
import dev.syris.gateway.fixture.FakeService.Answer;
import dev.syris.gateway.fixture.Reply;
import dev.syris.gateway.fixture.TaskRows;
import dev.syris.gateway.fixture.TestGateway;
import dev.syris.platform.assertion.CallerAssertion;
import dev.syris.testkit.WithBackends;
import dev.syris.testkit.schema.PublishedSchema;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@WithBackends
class HealthIT {

  private static final TestGateway GATEWAY =
      TestGateway.start(TestGateway.database(), TestGateway.folder());

  private static final TaskRows ROWS = new TaskRows(GATEWAY.owner());

  @AfterAll
  static void stop() {
    GATEWAY.close();
  }

  @Test
  void shouldFollowTheHeartbeatAndTheParts() {
    // Given
    beat("true, null, null, null, null, null, null");
    await().untilAsserted(() -> assertThat(degraded()).containsExactly("heartbeat"));
    assertThat(health().json().get("status").stringValue()).isEqualTo("degraded");
    // When
    beat("true, '0.1.0', 'clean', now(), now(), now() + interval '1 hour', null");
    // Then
    await().untilAsserted(() -> assertThat(degraded()).isEmpty());
    assertThat(health().status()).isEqualTo(200);
    assertThat(health().text())
        .contains("\"restart_reason\":\"clean\"")
        .doesNotContain("interruption");
    // When
    GATEWAY.ingest().healthy(false);
    // Then
    await().untilAsserted(() -> assertThat(health().status()).isEqualTo(503));
    assertThat(degraded()).containsExactly("ingest", "pipeline", "task");
    assertThat(health().header("retry-after")).isEqualTo("1");
    GATEWAY.ingest().healthy(true);
  }

  @Test
  void shouldTellOfTheLastTimeBeatsWereMissed() {
    // When
    beat(
        """
        true, '0.1.0', 'crashed', now(), '2026-01-31T08:00:00.120Z', '2126-01-31T08:00:30Z',
        '{"from": "2026-01-31T07:58:30.000Z", "until": "2026-01-31T08:00:00.120Z", "missed_beats": 2,
          "cause": "crashed"}'
        """);
    // Then
    await().untilAsserted(() -> assertThat(health().json().has("interruption")).isTrue());
    JsonNode told = health().json();
    await().untilAsserted(() -> assertThat(degraded()).isEmpty());
    assertThat(told.get("restart_reason").stringValue()).isEqualTo("crashed");
    assertThat(told.get("last_heartbeat_at").stringValue()).isEqualTo("2026-01-31T08:00:00.120Z");
    assertThat(told.get("interruption").toString())
        .isEqualTo(
            "{\"from\":\"2026-01-31T07:58:30.000Z\",\"until\":\"2026-01-31T08:00:00.120Z\","
                + "\"missed_beats\":2,\"cause\":\"crashed\"}");
    assertThat(PublishedSchema.named("health").problemsOf(told)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "false, '0.1.0', 'clean', now(), now(), null, null",
        "true, '0.1.0', 'clean', now(), now() - interval '2 min', now() - interval '1 min', null"
      })
  void shouldBeDegradedWhereTheHeartbeatIsLateOrOff(String row) {
    // When
    beat(row);
    // Then
    await().untilAsserted(() -> assertThat(health().json().has("last_heartbeat_at")).isTrue());
    await().untilAsserted(() -> assertThat(degraded()).containsExactly("heartbeat"));
    assertThat(health().status()).isEqualTo(200);
  }

  @Test
  void shouldTellReadersCountsAndLags() {
    // Given
    call("failed", "now()");
    ROWS.schedule("counted", "timer", true, Instant.now());
    ROWS.alarm("disk.full", "critical", "open", UUID.randomUUID(), Instant.now());
    // When
    await().untilAsserted(() -> assertThat(state().at("/alarms/open").asInt(0)).isEqualTo(1));
    // Then
    JsonNode state = state();
    assertThat(state.at("/tool_calls/failed").intValue()).isEqualTo(1);
    assertThat(state.at("/schedules").toString()).isEqualTo("{\"enabled\":1}");
    assertThat(state.at("/watchers").toString())
        .isEqualTo("{\"disabled\":1,\"enabled\":3,\"failing\":0}");
    assertThat(state.at("/jobs").toString()).isEqualTo("{}");
    assertThat(state.get("autonomy_level").stringValue()).isEqualTo("A2");
    assertThat(state.get("pipeline_lag").intValue()).isEqualTo(7);
    assertThat(state.get("timers_pending").intValue()).isEqualTo(2);
    assertThat(state.get("ledger_lag")).isNotNull();
    assertThat(GATEWAY.get("/metrics").text())
        .contains(
            "syris_alarms_open{severity=\"critical\"} 1.0",
            "syris_alarms_open{severity=\"warning\"} 0.0",
            "syris_schedules_enabled 1.0");
  }

  @Test
  void shouldSayThatNothingWaits() {
    // When
    nothingWaits();
    // Then
    await().untilAsserted(() -> assertThat(state().get("oldest_waiting").isNull()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tool_call", "task", "approval", "outbox"})
  void shouldTellTheOldestOfAllThatWaits(String kind) {
    // Given
    nothingWaits();
    for (String other : List.of("tool_call", "task", "approval", "outbox")) {
      waiting(other, "'2026-01-31T09:00:00Z'");
    }
    // When
    waiting(kind, "'2026-01-31T08:00:00.120Z'");
    // Then
    await()
        .untilAsserted(
            () ->
                assertThat(state().get("oldest_waiting").toString())
                    .isEqualTo(
                        "{\"kind\":\"%s\",\"since\":\"2026-01-31T08:00:00.120Z\"}"
                            .formatted(kind)));
    nothingWaits();
  }

  @Test
  void shouldOfferItsMetersToPrometheus() {
    // When
    GATEWAY.get("/events");
    Reply metrics = GATEWAY.get("/metrics");
    // Then
    assertThat(metrics.status()).isEqualTo(200);
    assertThat(metrics.header("content-type")).startsWith("text/plain");
    assertThat(metrics.text())
        .contains("syris_lag{part=\"pipeline\"} 7.0")
        .contains("syris_timers_pending 2.0")
        .contains(
            "syris_http_requests_seconds_count{method=\"GET\",path=\"/events\",status=\"200\"}")
        .contains("syris_up{part=\"ledger\"} 1.0")
        .contains("jvm_memory_used_bytes");
  }

  @Test
  void shouldOfferTheMetersOfTheOtherServicesToo() {
    // Given
    GATEWAY
        .ingest()
        .answer(
            request ->
                new Answer(
                    request.uri().getPath().equals("/internal/metrics") && signed(request)
                        ? 200
                        : 401,
                    "# TYPE syris_door_seconds summary\nsyris_door_seconds_count{way=\"http\"} 3\n",
                    Map.of()));
    // When / Then
    await()
        .untilAsserted(
            () ->
                assertThat(GATEWAY.get("/metrics").text())
                    .contains(
                        "syris_door_seconds_count{way=\"http\",service=\"ingest\"} 3",
                        "syris_door_seconds_count{way=\"http\",service=\"task\"} 3",
                        "syris_meters_read{service=\"pipeline\"} 1.0",
                        "syris_timers_pending 2.0")
                    .containsOnlyOnce("# TYPE syris_door_seconds summary"));
  }

  @ParameterizedTest
  @MethodSource("uselessAnswers")
  void shouldOfferTheRestWhenAServiceGivesNoMeters(Answer useless) {
    // Given
    GATEWAY.ingest().answer(request -> useless);
    // When / Then
    await()
        .untilAsserted(
            () -> {
              Reply metrics = GATEWAY.get("/metrics");
              assertThat(metrics.status()).isEqualTo(200);
              assertThat(metrics.text())
                  .contains("syris_meters_read{service=\"ingest\"} 0.0", "syris_timers_pending")
                  .doesNotContain("syris_meters_read{service=\"ingest\"} 1.0", "flood");
            });
  }

  static List<Answer> uselessAnswers() {
    return List.of(
        new Answer(0, "", Map.of()),
        new Answer(500, "flood 1\n", Map.of()),
        new Answer(200, "flood 1\n".repeat(300_000), Map.of()));
  }

  private static boolean signed(FakeService.Received request) {
    String header = request.headers().getFirst(CallerAssertion.HEADER);
    var assertions = new CallerAssertion(TestGateway.ASSERTION_KEY, InstantSource.system());
    return assertions.verify(header, "GET", "/internal/metrics")
        instanceof CallerAssertion.Result.Valid;
  }

  private static void beat(String row) {
    owner("delete from stub.heartbeat");
    owner("insert into stub.heartbeat values (" + row + ")");
  }

  private static void nothingWaits() {
    owner("delete from stub.tool_call where status <> 'failed'");
    owner("delete from stub.task");
    owner("delete from stub.approval");
    owner("update stub.outbox set depth = 0, oldest = null");
  }

  /** Beside each, one that is older and does not wait. */
  private static void waiting(String kind, String since) {
    switch (kind) {
      case "tool_call" -> {
        call("waiting", since);
        call("succeeded", "'2026-01-01T00:00:00Z'");
      }
      case "task" -> {
        task("running", "'approval'", since);
        task("running", "null", "'2026-01-01T00:00:00Z'");
      }
      case "approval" -> {
        approval("pending", since);
        approval("denied", "'2026-01-01T00:00:00Z'");
      }
      default -> owner("update stub.outbox set depth = 1, oldest = " + since);
    }
  }

  private static void call(String status, String at) {
    owner(
        """
        insert into stub.tool_call (tool_call_id, trace_id, status, tool, action, created_at, body)
        values (gen_random_uuid(), gen_random_uuid(), '%s', 'noop', 'run', %s, '{}')
        """
            .formatted(status, at));
  }

  private static void task(String status, String waitingFor, String at) {
    owner(
        """
        insert into stub.task (task_id, trace_id, status, waiting_for, name, created_at, updated_at, body)
        values (gen_random_uuid(), gen_random_uuid(), '%1$s', %2$s, 'a', '2025-01-01T00:00:00Z', %3$s, '{}')
        """
            .formatted(status, waitingFor, at));
  }

  private static void approval(String status, String at) {
    owner(
        """
        insert into stub.approval (approval_id, trace_id, tool_call_id, status, created_at, expires_at, body)
        values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '%1$s', %2$s, %2$s, '{}')
        """
            .formatted(status, at));
  }

  private static void owner(String sql) {
    GATEWAY.owner().sql(sql).update();
  }

  private static JsonNode state() {
    return GATEWAY.get("/state").json();
  }

  /** All but the ledger: other tests make gaps in the topics all share. */
  private static List<String> degraded() {
    return health()
        .json()
        .get("degraded_subsystems")
        .valueStream()
        .map(JsonNode::stringValue)
        .filter(part -> !part.equals("ledger"))
        .toList();
  }

  private static Reply health() {
    return GATEWAY.call("GET", "/health").send();
  }
}

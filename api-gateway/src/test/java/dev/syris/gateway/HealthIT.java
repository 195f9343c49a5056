package dev.syris.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.gateway.fixture.FakeService;
import dev.syris.gateway.fixture.FakeService.Answer;
import dev.syris.gateway.fixture.Reply;
import dev.syris.gateway.fixture.TestGateway;
import dev.syris.platform.assertion.CallerAssertion;
import dev.syris.testkit.WithBackends;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@WithBackends
class HealthIT {

  private static final TestGateway GATEWAY =
      TestGateway.start(TestGateway.database(), TestGateway.folder());

  @AfterAll
  static void stop() {
    GATEWAY.close();
  }

  @Test
  void shouldFollowTheHeartbeatAndTheParts() {
    // Given
    await().untilAsserted(() -> assertThat(health().text()).contains("\"status\":\"degraded\""));
    assertThat(health().json().get("degraded_subsystems").toString()).isEqualTo("[\"heartbeat\"]");
    // When
    GATEWAY
        .owner()
        .sql(
            "insert into stub.system_health values ('one', '0.1.0', 'clean', now(), now(), now() + interval '30 s', null)")
        .update();
    // Then
    await()
        .untilAsserted(
            () ->
                assertThat(health().text())
                    .contains("\"status\":\"healthy\"", "\"restart_reason\":\"clean\""));
    assertThat(health().status()).isEqualTo(200);
    // When
    GATEWAY.ingest().healthy(false);
    // Then
    await().untilAsserted(() -> assertThat(health().status()).isEqualTo(503));
    assertThat(health().json().get("degraded_subsystems").toString())
        .isEqualTo("[\"ingest\",\"pipeline\",\"task\"]");
    assertThat(health().header("retry-after")).isEqualTo("1");
    GATEWAY.ingest().healthy(true);
  }

  @Test
  void shouldTellReadersCountsAndLags() {
    // Given
    GATEWAY
        .owner()
        .sql(
            "insert into stub.tool_call values (gen_random_uuid(), gen_random_uuid(), null, null, 'failed', 'noop', 'run', now(), null, null, '{}')")
        .update();
    // When
    Reply state = GATEWAY.get("/state");
    // Then
    await()
        .untilAsserted(
            () ->
                assertThat(GATEWAY.get("/state").json().get("tool_calls").path("failed").asInt(0))
                    .isEqualTo(1));
    assertThat(state.json().get("autonomy_level").stringValue()).isEqualTo("A2");
    assertThat(state.json().get("pipeline_lag").intValue()).isEqualTo(7);
    assertThat(state.json().get("timers_pending").intValue()).isEqualTo(2);
    assertThat(state.json().get("ledger_lag")).isNotNull();
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

  private static Reply health() {
    return GATEWAY.call("GET", "/health").send();
  }
}

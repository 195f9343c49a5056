package dev.syris.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.gateway.fixture.Reply;
import dev.syris.gateway.fixture.TestGateway;
import dev.syris.testkit.WithBackends;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

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

  private static Reply health() {
    return GATEWAY.call("GET", "/health").send();
  }
}

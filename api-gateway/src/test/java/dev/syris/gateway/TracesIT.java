package dev.syris.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.audit.AuditType;
import dev.syris.contracts.event.Channel;
import dev.syris.contracts.id.EventId;
import dev.syris.contracts.routing.ExecutionMode;
import dev.syris.gateway.fixture.TestGateway;
import dev.syris.gateway.fixture.Trail;
import dev.syris.testkit.WithBackends;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

@WithBackends
class TracesIT {

  private static final TestGateway GATEWAY = TestGateway.shared();
  private static final Instant NOW = Instant.now();

  static Stream<Arguments> traces() {
    return Stream.of(
        trace("running", trail -> event(trail)),
        trace("running", trail -> trail.decision(event(trail), ExecutionMode.FAST, NOW)),
        trace("running", trail -> called(trail, "started")),
        trace("running", trail -> called(trail, "waiting")),
        trace("failed", trail -> called(trail, "failed")),
        trace("failed", trail -> called(trail, "unknown")),
        trace("failed", trail -> trail.audit(AuditType.EVENT_REJECTED, null, null)),
        trace("blocked", trail -> called(trail, "blocked")),
        trace("suppressed", trail -> trail.audit(AuditType.EVENT_DEDUPED, null, null)),
        trace("suppressed", trail -> trail.audit(AuditType.EVENT_LOOP_BLOCKED, event(trail), null)),
        trace("succeeded", trail -> called(trail, "succeeded")),
        trace("succeeded", trail -> trail.decision(event(trail), ExecutionMode.NONE, NOW)),
        trace(
            "succeeded",
            trail -> {
              EventId event = event(trail);
              trail.decision(event, ExecutionMode.FAST, NOW);
              trail.audit(AuditType.TOOL_CALL_DEDUPED, event, UUID.randomUUID());
            }));
  }

  /** The rule is written twice, in SQL and in Java: here they have to agree. */
  @ParameterizedTest
  @MethodSource("traces")
  void shouldSayTheSameOfATraceInTheListAndByItself(String status, Consumer<Trail> story) {
    // Given
    var trail = new Trail();
    // When
    story.accept(trail);
    trail.audit(AuditType.TOOL_CALL_ATTEMPTED, null, null);
    await()
        .until(
            () ->
                GATEWAY
                        .get("/audit?type=tool_call.attempted&trace_id=" + trail.trace())
                        .json()
                        .get("items")
                        .size()
                    == 1);
    // Then
    await()
        .untilAsserted(
            () -> {
              JsonNode listed =
                  GATEWAY.get("/traces?trace_id=" + trail.trace()).json().get("items").get(0);
              assertThat(listed.get("status").stringValue()).isEqualTo(status);
              assertThat(GATEWAY.get("/traces/" + trail.trace()).json().get("status").stringValue())
                  .isEqualTo(status);
            });
    assertThat(GATEWAY.get("/traces?status=" + status).text()).contains(trail.trace().toString());
  }

  @Test
  void shouldShowOneTree() {
    // Given
    var trail = new Trail();
    EventId event = event(trail);
    trail.audit(AuditType.EVENT_INGESTED, event, null);
    trail.decision(event, ExecutionMode.FAST, NOW);
    trail.audit(AuditType.ROUTING_DECIDED, event, null);
    UUID call = trail.call(GATEWAY.owner(), event, "succeeded", NOW);
    trail.audit(AuditType.TOOL_CALL_ATTEMPTED, event, call);
    trail.audit(AuditType.TOOL_CALL_SUCCEEDED, event, call);
    EventId child = trail.event(Channel.SCHEDULER, "timer", NOW.plusSeconds(5), event);
    trail.decision(child, ExecutionMode.NONE, NOW.plusSeconds(5));
    // When
    await().until(() -> GATEWAY.get("/traces/" + trail.trace()).json().path("nodes").size() == 6);
    JsonNode nodes = GATEWAY.get("/traces/" + trail.trace()).json().get("nodes");
    // Then
    assertThat(
            StreamSupport.stream(nodes.spliterator(), false)
                .map(node -> node.get("kind").stringValue()))
        .containsExactly(
            "event", "routing_decision", "tool_call", "attempt", "event", "routing_decision");
    assertThat(nodes.get(0).has("parent_id")).isFalse();
    assertThat(nodes.get(4).get("parent_id").stringValue()).isEqualTo("call/" + call);
    nodes.forEach(
        node ->
            assertThat(GATEWAY.get(node.get("ref").stringValue()).status())
                .as(node.toString())
                .isEqualTo(200));
  }

  private static Arguments trace(String status, Consumer<Trail> story) {
    return Arguments.of(status, story);
  }

  private static EventId event(Trail trail) {
    return trail.event(Channel.CHAT, "phone", NOW, null);
  }

  private static void called(Trail trail, String status) {
    EventId event = event(trail);
    trail.decision(event, ExecutionMode.FAST, NOW);
    trail.call(GATEWAY.owner(), event, status, NOW);
  }
}

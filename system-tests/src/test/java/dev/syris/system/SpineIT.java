package dev.syris.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** One event followed from stimulus to tool call, through the packaged program. */
@ExtendWith(SharedSyris.class)
class SpineIT {

  private static final List<String> FOUR =
      List.of("event.ingested", "routing.decided", "tool_call.attempted", "tool_call.succeeded");
  private static final Duration SOON = Duration.ofSeconds(10);

  private static SyrisProcess syris;
  private static Http http;

  @BeforeAll
  static void start(SyrisProcess shared) throws Exception {
    syris = shared;
    http = syris.http();
  }

  @Test
  void shouldShowExactlyFourAuditEventsWhenATimerIsSet() throws Exception {
    // When
    String trace = http.accept(event("set a timer for 10 minutes"));

    // Then
    await().atMost(SOON).untilAsserted(() -> assertThat(http.auditTypes(trace)).isEqualTo(FOUR));
    List<JsonNode> records = http.audit(trace);
    assertThat(records).isSortedAccordingTo((a, b) -> Long.compare(sequence(a), sequence(b)));
    assertThat(records)
        .allSatisfy(item -> assertThat(item.path("summary").asString()).isNotBlank());
    assertThat(http.all("/tool-calls?trace_id=" + trace))
        .singleElement()
        .satisfies(SpineIT::isSucceededTimerCall);
    assertThat(http.all("/routing-decisions?trace_id=" + trace)).hasSize(1);
  }

  private static void isSucceededTimerCall(JsonNode call) {
    assertThat(call.path("tool").asString()).isEqualTo("timer");
    assertThat(call.path("action").asString()).isEqualTo("set");
    assertThat(call.path("status").asString()).isEqualTo("succeeded");
    assertThat(call.path("args").path("seconds").asInt()).isEqualTo(600);
  }

  @Test
  void shouldShowOneTreeWithTheTimerRingingWhenItIsDue() throws Exception {
    // Given
    String trace = http.accept(event("set a timer for 2 seconds"));

    // When
    await()
        .atMost(SOON)
        .until(() -> http.auditTypes(trace).stream().filter("event.ingested"::equals).count() == 2);

    // Then
    List<JsonNode> events = http.all("/events?trace_id=" + trace);
    JsonNode child = only(events, "scheduler");
    JsonNode parent = only(events, "chat");
    assertThat(child.path("correlation").path("parent_event_id").asString())
        .isEqualTo(parent.path("event_id").asString());
    assertThat(child.path("correlation").path("depth").asInt()).isEqualTo(1);
    Duration rang =
        Duration.between(
            Instant.parse(parent.path("ingested_at").asString()),
            Instant.parse(child.path("ingested_at").asString()));
    assertThat(rang).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    JsonNode tree = http.get("/traces/" + trace).json();
    List<String> ids =
        tree.path("nodes").valueStream().map(node -> node.path("id").asString()).toList();
    long roots =
        tree.path("nodes")
            .valueStream()
            .filter(node -> node.path("parent_id").isMissingNode())
            .count();
    assertThat(roots).isEqualTo(1);
    assertThat(tree.path("nodes").valueStream().filter(node -> node.has("parent_id")))
        .allSatisfy(node -> assertThat(ids).contains(node.path("parent_id").asString()));
  }

  private static JsonNode only(List<JsonNode> events, String channel) {
    List<JsonNode> found =
        events.stream()
            .filter(e -> e.path("source").path("channel").asString().equals(channel))
            .toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  @Test
  void shouldKeepTheCallersTraceWhenATraceparentIsSent() throws Exception {
    // Given
    var request =
        java.net.http.HttpRequest.newBuilder(java.net.URI.create(syris.url() + "/events"))
            .header("Authorization", "Bearer " + syris.token())
            .header("Content-Type", "application/json")
            .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
            .POST(java.net.http.HttpRequest.BodyPublishers.ofString(event("status")))
            .build();

    // When
    String trace = Http.send(request).json().path("trace_id").asString();

    // Then
    assertThat(trace).isEqualTo("4bf92f35-77b3-4da6-a3ce-929d0e0e4736");
    await().atMost(SOON).untilAsserted(() -> assertThat(http.auditTypes(trace)).isEqualTo(FOUR));
  }

  @Test
  void shouldTakeTheSameWayWhenAnyKafkaClientWritesTheInbox() throws Exception {
    // Given
    byte[] value =
        """
        {"channel":"mqtt","connector_id":"kafka-client","message_id":"k-1","text":"status"}
        """
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);

    // When
    try (var producer =
        new KafkaProducer<>(
            syris.file("producer.properties"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>("syris.ingest.inbox", value)).get();
    }

    // Then
    await().atMost(SOON).until(() -> !http.all("/events?connector_id=kafka-client").isEmpty());
    String trace =
        http.all("/events?connector_id=kafka-client")
            .getFirst()
            .path("correlation")
            .path("trace_id")
            .asString();
    await().atMost(SOON).untilAsserted(() -> assertThat(http.auditTypes(trace)).isEqualTo(FOUR));
  }

  static String event(String text) {
    return """
        {"channel":"chat","connector_id":"system-test","text":"%s"}
        """
        .formatted(text);
  }

  private static long sequence(JsonNode item) {
    return item.path("sequence").asLong();
  }
}

package dev.syris.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.id.TraceParent;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.topic.Headers;
import dev.syris.contracts.topic.RawEventHeaders;
import dev.syris.platform.assertion.Caller;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.WithBackends;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@WithBackends
class EventsIT {

  private static RunningIngest ingest;

  @BeforeAll
  static void start() {
    ingest =
        RunningIngest.start(
            TestBackends.kafka("ingest"),
            TestBackends.freshDatabase().as("syris_ingest"),
            Map.of(
                "syris.ingest.connectors.door.channel", "mqtt",
                "syris.ingest.connectors.door.granted-scopes", "timer,home",
                "syris.ingest.connectors.signed.auth", "github",
                "syris.ingest.connectors.signed.secret", "s",
                "syris.ingest.connectors.topic-only.via", "kafka"));
  }

  @AfterAll
  static void stop() {
    ingest.close();
  }

  @Test
  void shouldKeepTheBytesAndStampTheIdsWhenOneEventIsPosted() {
    // Given
    String json =
        " {\"channel\" :\"api\",\"connector_id\":\"bytes\","
            + " \"thread_id\":\"t\",\"x\":1.50,\"text\":\"\\u00e9 é\"}\n";

    // When
    HttpResponse<String> response = ingest.postEvent(json);

    // Then
    assertThat(response.statusCode()).isEqualTo(202);
    JsonNode receipt = Json.mapper().readTree(response.body());
    ConsumerRecord<String, byte[]> written = written(receipt);
    assertThat(new String(written.value(), UTF_8)).isEqualTo(json);
    assertThat(written.key()).isEqualTo("5:bytes:t");
    assertThat(Headers.text(written.headers(), RawEventHeaders.TRACE_ID))
        .isEqualTo(receipt.get("trace_id").asString());
    assertThat(TraceParent.parse(Headers.text(written.headers(), TraceParent.HEADER)).orElseThrow())
        .hasToString(receipt.get("trace_id").asString());
    assertThat(Headers.text(written.headers(), RawEventHeaders.GRANT)).isNull();
  }

  @Test
  void shouldKeepTheBytesOfEachElementWhenAnArrayIsPosted() {
    // Given
    String form =
        "{ \"channel\":\"api\", \"connector_id\":\"batch-%1$d\",\"text\":\"\\\" ] , é\" }";
    List<String> elements = IntStream.range(0, 500).mapToObj(form::formatted).toList();

    // When
    HttpResponse<String> response = ingest.postEvent("[" + String.join(" ,\n", elements) + "]");

    // Then
    assertThat(response.statusCode()).isEqualTo(202);
    JsonNode receipts = Json.mapper().readTree(response.body());
    await().untilAsserted(() -> assertThat(inOrder(receipts)).isEqualTo(elements));
  }

  @Test
  void shouldWriteNothingWhenOneElementIsWrong() {
    // When
    HttpResponse<String> response =
        ingest.postEvent(
            """
            [{"channel":"api","connector_id":"nothing"},{"channel":"api","connector_id":"nothing"},
             {"channel":"fax","connector_id":"nothing"},{"channel":"api"}]
            """);

    // Then
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(Json.mapper().readTree(response.body()).get("errors").valueStream())
        .extracting(error -> error.get("pointer").asString())
        .containsExactly("/2/channel", "/3/connector_id");
    assertThat(RunningIngest.rawEvents(TestBackends.kafka()))
        .extracting(ConsumerRecord::key)
        .doesNotContain("nothing");
  }

  @Test
  void shouldKeepTheTraceWhenThereIsATraceparent() {
    // Given
    String json =
        "{\"channel\":\"api\",\"connector_id\":\"c\",\"trace_id\":\"11111111-1111-4111-8111-111111111111\"}";
    String[] header = {"traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"};

    // When / Then
    assertThat(trace(ingest.postEvent(json, header)))
        .isEqualTo("0af76519-16cd-43dd-8448-eb211c80319c");
    assertThat(trace(ingest.postEvent(json))).isEqualTo("11111111-1111-4111-8111-111111111111");
    assertThat(trace(ingest.postEvent(json, "traceparent", "00-xyz")))
        .isEqualTo("11111111-1111-4111-8111-111111111111");
    assertThat(
            Json.mapper()
                .readTree(ingest.postEvent("[" + json + "]", header).body())
                .get(0)
                .get("trace_id")
                .asString())
        .isEqualTo("11111111-1111-4111-8111-111111111111");
  }

  @Test
  void shouldGrantOnlyWhatTheTokenProves() {
    assertThat(grant("{\"channel\":\"mqtt\",\"connector_id\":\"door\"}")).isEqualTo("connector");
    assertThat(grant("{\"channel\":\"webhook\",\"connector_id\":\"signed\"}")).isNull();
    assertThat(grant("{\"channel\":\"api\",\"connector_id\":\"topic-only\"}")).isNull();
    assertThat(grant("{\"channel\":\"api\",\"connector_id\":\"undeclared\"}")).isNull();
  }

  @Test
  void shouldRefuseWhenADeclaredConnectorSpeaksOnAnotherChannel() {
    // When
    HttpResponse<String> response =
        ingest.postEvent("{\"channel\":\"api\",\"connector_id\":\"door\"}");

    // Then
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(
            Json.mapper().readTree(response.body()).get("errors").get(0).get("pointer").asString())
        .isEqualTo("/channel");
  }

  @Test
  void shouldRefuseWhenTheTokenMayNotIngestOrNobodySigned() {
    // Given
    byte[] body = "{\"channel\":\"api\",\"connector_id\":\"c\"}".getBytes(UTF_8);
    var reader = new Caller("token-2", "reader", Set.of("read"));

    // When / Then
    assertThat(
            ingest.post("/events", body, reader, "Content-Type", "application/json").statusCode())
        .isEqualTo(403);
    assertThat(ingest.getOpen("/events").statusCode()).isEqualTo(401);
  }

  @Test
  void shouldRefuseWhatIsNoJsonOrTooLarge() {
    // Given
    byte[] large = new byte[1024 * 1024 + 1];
    String event = "{\"channel\":\"api\",\"connector_id\":\"c\"}";

    // When / Then
    assertThat(
            ingest
                .post(
                    "/events", large, RunningIngest.WITH_INGEST, "Content-Type", "application/json")
                .statusCode())
        .isEqualTo(413);
    assertThat(
            ingest.post("/events", event.getBytes(UTF_8), RunningIngest.WITH_INGEST).statusCode())
        .isEqualTo(415);
    assertThat(
            ingest
                .post(
                    "/events",
                    event.getBytes(UTF_8),
                    RunningIngest.WITH_INGEST,
                    "Content-Type",
                    "text/plain")
                .statusCode())
        .isEqualTo(415);
    assertThat(ingest.postEvent("{").statusCode()).isEqualTo(400);
    assertThat(ingest.postEvent("[]").statusCode()).isEqualTo(422);
    assertThat(ingest.postEvent("[" + event + ("," + event).repeat(500) + "]").statusCode())
        .isEqualTo(422);
    assertThat(ingest.postEvent("{\"channel\":\"watcher\",\"connector_id\":\"c\"}").statusCode())
        .isEqualTo(422);
    assertThat(ingest.postEvent(event, "Content-Encoding", "gzip").statusCode()).isEqualTo(415);
  }

  @Test
  void shouldAnswerWith202WhateverTheClientWouldLikeToRead() {
    // When
    HttpResponse<String> response =
        ingest.postEvent("{\"channel\":\"api\",\"connector_id\":\"c\"}", "Accept", "text/html");

    // Then
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
  }

  @Test
  void shouldTellItsHealthAndCountWhatCameIn() {
    // Given
    ingest.postEvent("{\"channel\":\"api\",\"connector_id\":\"counted\"}");
    ingest.postEvent("{\"channel\":\"api\"}");

    // When / Then
    assertThat(ingest.getOpen("/internal/health").statusCode()).isEqualTo(200);
    assertThat(ingest.get("/internal/metrics"))
        .contains("syris_ingest_accepted_total{door=\"events\"}")
        .contains("syris_ingest_refused_total{code=\"event.invalid\",door=\"events\"}")
        .contains(
            "syris_ingest_request_seconds_bucket{door=\"events\",outcome=\"accepted\",le=\"0.005\"}");
  }

  private static String grant(String json) {
    HttpResponse<String> response = ingest.postEvent(json);
    assertThat(response.statusCode()).isEqualTo(202);
    return Headers.text(
        written(Json.mapper().readTree(response.body())).headers(), RawEventHeaders.GRANT);
  }

  private static String trace(HttpResponse<String> response) {
    return Json.mapper().readTree(response.body()).get("trace_id").asString();
  }

  private static List<String> inOrder(JsonNode receipts) {
    Map<String, String> written =
        RunningIngest.rawEvents(TestBackends.kafka()).stream()
            .collect(
                Collectors.toMap(EventsIT::eventId, message -> new String(message.value(), UTF_8)));
    return receipts
        .valueStream()
        .map(receipt -> written.get(receipt.get("event_id").asString()))
        .toList();
  }

  private static ConsumerRecord<String, byte[]> written(JsonNode receipt) {
    return RunningIngest.rawEvents(TestBackends.kafka()).stream()
        .filter(message -> eventId(message).equals(receipt.get("event_id").asString()))
        .findFirst()
        .orElseThrow();
  }

  private static String eventId(ConsumerRecord<String, byte[]> message) {
    return UUID.fromString(Headers.text(message.headers(), RawEventHeaders.EVENT_ID)).toString();
  }
}

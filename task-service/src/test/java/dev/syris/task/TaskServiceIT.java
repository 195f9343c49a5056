package dev.syris.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ToolCall;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.tool.ToolCallStatus;
import dev.syris.contracts.topic.Headers;
import dev.syris.contracts.topic.Topics;
import dev.syris.task.support.Database;
import dev.syris.task.support.Requests;
import dev.syris.task.support.RunningTask;
import dev.syris.task.support.Topic;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.TestDatabase;
import dev.syris.testkit.WithBackends;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole service between a real broker and a real database. */
@WithBackends
class TaskServiceIT {

  private static final TestDatabase TEST = TestBackends.freshDatabase();
  private static Database database;
  private static Database gateway;
  private static RunningTask service;
  private static Topic audit;

  @BeforeAll
  static void start() {
    database = new Database(TEST.as("syris_task"));
    gateway = new Database(TEST.as("syris_gateway"));
    audit = Topic.audit();
    service = RunningTask.start(TEST, "syris-task-it");
  }

  @AfterAll
  static void stop() {
    service.close();
    audit.close();
    gateway.close();
    database.close();
  }

  @Test
  void shouldSayAttemptedAndSucceededWhenACallIsAllowed() {
    // Given
    ToolCallRequest request = Requests.noop("{\"echo\": {\"a\": [1, null]}}");
    // When
    audit.send(request);
    // Then
    awaitTypes(request, "tool_call.attempted", "tool_call.succeeded");
    AuditEvent succeeded = audit.audits(request.traceId()).getLast();
    assertThat(succeeded.latencyMs()).isNotNull();
    ToolCall shown = shown(request);
    assertThat(shown.status()).isEqualTo(ToolCallStatus.SUCCEEDED);
    assertThat(shown.output().path("echo")).hasToString("{\"a\":[1,null]}");
    assertThat(shown.args()).isEqualTo(request.args());
    assertThat(shown.eventId()).isEqualTo(request.eventId());
    assertThat(shown.endedAt()).isAfterOrEqualTo(shown.startedAt());
  }

  @Test
  void shouldCallOnceWhenARequestIsDeliveredManyTimes() {
    // Given
    ToolCallRequest request = Requests.noop("{}");
    ToolCallRequest marker = Requests.noop("{}");
    // When
    IntStream.range(0, 50).forEach(_ -> audit.send(request));
    awaitTypes(request, "tool_call.attempted", "tool_call.succeeded");
    audit.send(request, marker);
    awaitTypes(marker, "tool_call.attempted", "tool_call.succeeded");
    // Then
    assertThat(audit.types(request.traceId())).hasSize(2);
  }

  @Test
  void shouldBlockWithExactlyOneRecordWhenAScopeIsMissing() {
    // Given
    ToolCallRequest request = Requests.timer(60, "status");
    // When
    audit.send(request);
    // Then
    awaitTypes(request, "tool_call.blocked");
    assertThat(shown(request).error().code()).isEqualTo("scope.missing");
  }

  @Test
  void shouldTellHowTheSystemIs() {
    // Given
    ToolCallRequest request = Requests.request("system", "status", "{}", List.of("status"));
    // When
    audit.send(request);
    // Then
    awaitTypes(request, "tool_call.attempted", "tool_call.succeeded");
    assertThat(shown(request).output().propertyNames())
        .contains(
            "version",
            "uptime_seconds",
            "restart_reason",
            "autonomy_level",
            "tool_calls",
            "timers_pending");
    assertThat(shown(request).output().get("restart_reason").asString()).isEqualTo("first_start");
  }

  @Test
  void shouldSendAChildEventWhenATimerIsOver() {
    try (var rawEvents = new Topic(Topics.RAW_EVENT.name())) {
      // Given
      ToolCallRequest request = Requests.timer(1, "timer");
      // When
      audit.send(request);
      // Then
      await().until(() -> !ofTrace(rawEvents, request.traceId()).isEmpty());
      ConsumerRecord<byte[], byte[]> event = ofTrace(rawEvents, request.traceId()).getFirst();
      assertThat(Json.mapper().readTree(event.value()).get("channel").asString())
          .isEqualTo("scheduler");
      assertThat(text(event, "syris-parent-event-id")).isEqualTo(request.eventId().toString());
      assertThat(text(event, "syris-depth")).isEqualTo("1");
      long late = event.timestamp() - request.requestedAt().plusSeconds(1).toEpochMilli();
      assertThat(late).isBetween(0L, 2000L);
      System.out.println("timer fired " + late + " ms after it was due");
    }
  }

  @Test
  void shouldGoOnAfterAThousandRecordsThatAreNoRequests() {
    try (var deadLetters = new Topic(Topics.DEAD_LETTER.name())) {
      // Given
      String run = UUID.randomUUID().toString();
      byte[][] poison = {
        null, {}, {(byte) 0xff, (byte) 0xfe}, "{".getBytes(UTF_8), "{}".getBytes(UTF_8)
      };
      for (int n = 0; n < 1000; n++) {
        var record =
            new ProducerRecord<>(
                Topics.TOOL_CALL.name(), 0, new byte[] {1}, poison[n % poison.length]);
        record.headers().add("run", run.getBytes(UTF_8));
        audit.send(record);
      }
      ToolCallRequest good = Requests.noop("{}");
      // When
      audit.send(good);
      // Then
      awaitTypes(good, "tool_call.attempted", "tool_call.succeeded");
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(ofRun(deadLetters, run)).hasSize(1000));
      ConsumerRecord<byte[], byte[]> letter = ofRun(deadLetters, run).get(2);
      assertThat(text(letter, "syris-origin-topic")).isEqualTo(Topics.TOOL_CALL.name());
      assertThat(text(letter, "syris-reason")).isEqualTo("tool_call.malformed");
      assertThat(letter.value()).isEqualTo(new byte[] {(byte) 0xff, (byte) 0xfe});
      var rejected = new TraceId(UUID.fromString(text(letter, "syris-trace-id")));
      await()
          .untilAsserted(() -> assertThat(audit.types(rejected)).containsExactly("event.rejected"));
    }
  }

  @Test
  void shouldBeHealthyAndShowItsToolsAndItsHeartbeat() throws Exception {
    // When
    await().until(() -> get("/internal/health").statusCode() == 200);
    String health = get("/internal/health").body();
    // Then
    assertThat(health)
        .contains("postgres", "outbox-relay", "tool-call-intake", "schedules", "instance");
    assertThat(get("/internal/metrics").statusCode()).isEqualTo(401);
    assertThat(
            gateway
                .jdbc
                .sql("select tool from api.tool where status = 'available'")
                .query(String.class)
                .list())
        .containsExactlyInAnyOrder(
            "noop", "system", "timer", "alarm", "schedule", "http", "notify");
    assertThat(
            gateway
                .jdbc
                .sql("select restart_reason from api.system_health")
                .query(String.class)
                .single())
        .isEqualTo("first_start");
  }

  private static HttpResponse<String> get(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path)).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  private static void awaitTypes(ToolCallRequest request, String... types) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(audit.types(request.traceId())).containsExactly(types));
  }

  private static ToolCall shown(ToolCallRequest request) {
    String body =
        gateway
            .jdbc
            .sql("select body from api.tool_call where tool_call_id = :id")
            .param("id", request.toolCallId().value())
            .query(String.class)
            .single();
    return Json.mapper().readValue(body, ToolCall.class);
  }

  private static List<ConsumerRecord<byte[], byte[]>> ofTrace(Topic topic, TraceId trace) {
    return topic.seen().stream()
        .filter(it -> trace.toString().equals(text(it, "syris-trace-id")))
        .toList();
  }

  private static List<ConsumerRecord<byte[], byte[]>> ofRun(Topic topic, String run) {
    return topic.seen().stream().filter(it -> run.equals(text(it, "run"))).toList();
  }

  private static String text(ConsumerRecord<byte[], byte[]> words, String header) {
    return Headers.text(words.headers(), header);
  }
}

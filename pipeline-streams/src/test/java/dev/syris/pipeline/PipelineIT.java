package dev.syris.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.event.Event;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.topic.Topic;
import dev.syris.contracts.topic.Topics;
import dev.syris.platform.kafka.KafkaSettings;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.WithBackends;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service on a real broker, as the principal it has in production. */
@WithBackends
class PipelineIT {

  private static final KafkaSettings ADMIN = TestBackends.kafka();
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path data;
  private RunningPipeline pipeline;
  private KafkaProducer<byte[], byte[]> producer;

  @BeforeEach
  void start() {
    pipeline = RunningPipeline.start(TestBackends.kafka("pipeline"), data);
    producer =
        new KafkaProducer<>(
            TestBackends.kafka("producer").producerConfig("test"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterEach
  void stop() {
    producer.close();
    pipeline.close();
  }

  @Test
  void shouldLeadFromTheInboxToAToolCall() {
    try (var calls = new TopicLog<>(ADMIN, Topics.TOOL_CALL);
        var audits = new TopicLog<>(ADMIN, Topics.AUDIT_EVENT)) {
      // When
      inbox(
          "{\"channel\":\"mqtt\",\"connector_id\":\"sensor\",\"text\":\"set a timer for 10 minutes\"}");

      // Then
      await()
          .atMost(SOON)
          .until(() -> of(audits, "sensor").size() == 2 && calls.records().size() == 1);
      ToolCallRequest call = calls.values().getFirst();
      assertThat(call.args().get("seconds").asInt()).isEqualTo(600);
      assertThat(of(audits, "sensor"))
          .extracting(AuditEvent::type)
          .containsExactly("event.ingested", "routing.decided");
      assertThat(of(audits, "sensor")).extracting(AuditEvent::traceId).containsOnly(call.traceId());
    }
  }

  @Test
  void shouldGoOnWithinASecondWhenAThousandPoisonRecordsLieInTheWay() {
    try (var letters = new TopicLog<>(ADMIN, Topics.DEAD_LETTER);
        var events = new TopicLog<>(ADMIN, Topics.EVENT)) {
      // Given
      for (int i = 0; i < 1000; i++) {
        inbox(
            "{\"channel\":\"api\",\"connector_id\":\"poison-%d\",\"text\":\"\\u0000\""
                .formatted(i));
      }
      rawEvent(null);
      rawEvent("poison");
      await().atMost(SOON).until(() -> letters.records().size() == 1002);

      // When
      Instant sent = Instant.now();
      inbox("{\"channel\":\"api\",\"connector_id\":\"good\"}");
      await()
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> events.values().stream().anyMatch(PipelineIT::isGood));

      // Then
      assertThat(Duration.between(sent, Instant.now())).isLessThan(Duration.ofSeconds(1));
      assertThat(pipeline.health().body()).contains("RUNNING");
    }
  }

  @Test
  void shouldDropRepeatsOfBeforeARestart() {
    String json =
        "{\"channel\":\"api\",\"connector_id\":\"again\",\"message_id\":\"restart-1\",\"text\":\"noop\"}";
    try (var events = new TopicLog<>(ADMIN, Topics.EVENT);
        var audits = new TopicLog<>(ADMIN, Topics.AUDIT_EVENT)) {
      // Given
      for (int i = 0; i < 50; i++) {
        inbox(json);
      }
      await().atMost(SOON).until(() -> count(audits, "event.deduped") == 49);

      // When
      pipeline.close();
      pipeline = RunningPipeline.start(TestBackends.kafka("pipeline"), data);
      for (int i = 0; i < 50; i++) {
        inbox(json);
      }

      // Then
      await().atMost(SOON).until(() -> count(audits, "event.deduped") == 99);
      assertThat(events.values().stream().filter(it -> it.source().connectorId().equals("again")))
          .hasSize(1);
    }
  }

  @Test
  void shouldStopWithinASecond() {
    // Given
    inbox("{\"channel\":\"api\",\"connector_id\":\"last\"}");

    // When
    Instant begin = Instant.now();
    pipeline.close();

    // Then
    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void shouldOfferItsHealthAndNothingElseToWhomTheGatewayDidNotSend() {
    assertThat(pipeline.health().statusCode()).isEqualTo(200);
    assertThat(pipeline.health().body()).contains("\"lag\"");
    assertThat(List.of("/internal/metrics", "/", "/anything"))
        .allSatisfy(path -> assertThat(pipeline.get(path).statusCode()).isEqualTo(401));
  }

  /**
   * What others left on the topics, a former pipeline's events say, is none of a test's business.
   */
  private static List<AuditEvent> of(TopicLog<AuditEvent> audits, String connector) {
    return audits.values().stream().filter(it -> connector.equals(it.connectorId())).toList();
  }

  private static boolean isGood(Event event) {
    return event.source().connectorId().equals("good");
  }

  private static long count(TopicLog<AuditEvent> audits, String type) {
    Predicate<AuditEvent> wanted = audit -> audit.type().equals(type);
    return audits.values().stream().filter(wanted).count();
  }

  private void inbox(String json) {
    producer.send(new ProducerRecord<>(Topics.INBOX.name(), json.getBytes(UTF_8)));
  }

  private static void rawEvent(String value) {
    Map<String, Object> config = ADMIN.producerConfig("test-raw");
    try (var own =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      Topic<?, ?> topic = Topics.RAW_EVENT;
      own.send(new ProducerRecord<>(topic.name(), value == null ? null : value.getBytes(UTF_8)));
    }
  }
}

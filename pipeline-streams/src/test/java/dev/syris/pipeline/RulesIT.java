package dev.syris.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.event.Event;
import dev.syris.contracts.id.EventId;
import dev.syris.contracts.routing.RoutingDecision;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.topic.Topic;
import dev.syris.contracts.topic.Topics;
import dev.syris.platform.kafka.KafkaSettings;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.WithBackends;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules on a real broker: global tables, the way by rule id, and what survives a kill. */
@WithBackends
class RulesIT {

  private static final KafkaSettings ADMIN = TestBackends.kafka();
  private static final KafkaSettings PIPELINE = TestBackends.kafka("pipeline");
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path data;
  private KafkaProducer<byte[], byte[]> producer;
  private KafkaProducer<byte[], byte[]> task;

  @BeforeEach
  void open() {
    producer = producer(TestBackends.kafka("producer"), "test");
    task = producer(TestBackends.kafka("task"), "syris-task-test");
  }

  @AfterEach
  void close() {
    List.of("window", "live").forEach(id -> control(Topics.CONTROL_RULE, id, null));
    producer.close();
    task.close();
  }

  @Test
  void shouldHoldAWindowWhenItIsKilledInTheMiddleOfIt() throws Exception {
    try (var audits = new TopicLog<>(ADMIN, Topics.AUDIT_EVENT);
        var events = new TopicLog<>(ADMIN, Topics.EVENT)) {
      // Given
      control(Topics.CONTROL_RULE, "window", rule("window", 1, "'debounce_ms':600000,"));
      try (var pipeline = PipelineProcess.start(PIPELINE, data)) {
        inbox("window");
        inbox("window");
        await().atMost(SOON).until(() -> outcomes(audits, "window").size() == 2);
        inbox("window");
        pipeline.kill();
      }

      // When
      try (var pipeline = PipelineProcess.start(PIPELINE, data)) {
        inbox("window");
        inbox("window");
        await().atMost(SOON).until(() -> outcomes(audits, "window").size() == 5);
        assertThat(pipeline.alive()).isTrue();
      }

      // Then
      assertThat(outcomes(audits, "window"))
          .containsExactly(
              "rule.triggered",
              "rule.suppressed",
              "rule.suppressed",
              "rule.suppressed",
              "rule.suppressed");
      Event child =
          await()
              .atMost(SOON) // it goes round once more
              .until(() -> ofRule(events.values()), Optional::isPresent)
              .orElseThrow();
      EventId parent = child.correlation().parentEventId();
      assertThat(events.values())
          .filteredOn(event -> event.eventId().equals(parent))
          .singleElement()
          .extracting(Event::traceId)
          .isEqualTo(child.traceId());
    }
  }

  private static Optional<Event> ofRule(List<Event> events) {
    return events.stream()
        .filter(event -> event.source().connectorId().equals("window"))
        .findFirst();
  }

  @Test
  void shouldHearOfARuleAndOfItsEndWhileItRuns() {
    try (var pipeline = RunningPipeline.start(PIPELINE, data);
        var audits = new TopicLog<>(ADMIN, Topics.AUDIT_EVENT);
        var decisions = new TopicLog<>(ADMIN, Topics.ROUTING_DECISION);
        var calls = new TopicLog<>(ADMIN, Topics.TOOL_CALL)) {
      // Given
      inbox("live");
      control(Topics.CONTROL_RULE, "live", "no rule at all");
      control(Topics.CONTROL_SETTING, "autonomy", "nor a setting");

      // When
      control(Topics.CONTROL_RULE, "live", rule("live", 1, ""));
      await()
          .atMost(SOON)
          .until(
              () -> {
                inbox("live");
                return outcomes(audits, "live").contains("rule.triggered");
              });
      control(Topics.CONTROL_RULE, "live", null);

      // Then
      await()
          .atMost(SOON)
          .until(
              () -> {
                inbox("live");
                List<RoutingDecision> all = decisions.values();
                return !all.isEmpty() && all.getLast().notes().equals("Nothing matched");
              });
      assertThat(calls.values())
          .filteredOn(call -> call.requestedBy().id().equals("live"))
          .isNotEmpty()
          .extracting(ToolCallRequest::idempotencyKey)
          .doesNotHaveDuplicates();
      assertThat(pipeline.health().body()).contains("RUNNING");
    }
  }

  private static List<String> outcomes(TopicLog<AuditEvent> audits, String rule) {
    return audits.values().stream()
        .filter(audit -> rule.equals(audit.refs().get("rule_id")))
        .map(AuditEvent::type)
        .toList();
  }

  private static String rule(String id, int version, String more) {
    return """
        {'rule_id':'%s','version':%d,'name':'%s',%s
         'conditions':{'all':[{'field':'content.text','op':'eq','value':'%s'},{'field':'source.channel','op':'eq','value':'mqtt'}]},
         'actions':[{'type':'emit_event','structured':{'done':true}},{'type':'call_tool','tool':'noop','action':'run'}]}
        """
        .formatted(id, version, id, more, id)
        .replace('\'', '"');
  }

  private void control(Topic<?, ?> topic, String key, String value) {
    task.send(
        new ProducerRecord<>(
            topic.name(), key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8)));
    task.flush();
  }

  private void inbox(String text) {
    String json = "{\"channel\":\"mqtt\",\"connector_id\":\"sensor\",\"text\":\"%s\"}";
    producer.send(new ProducerRecord<>(Topics.INBOX.name(), json.formatted(text).getBytes(UTF_8)));
    producer.flush();
  }

  private static KafkaProducer<byte[], byte[]> producer(KafkaSettings kafka, String id) {
    return new KafkaProducer<>(
        kafka.producerConfig(id), new ByteArraySerializer(), new ByteArraySerializer());
  }
}

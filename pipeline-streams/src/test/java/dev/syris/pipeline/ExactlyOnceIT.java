package dev.syris.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.event.Event;
import dev.syris.contracts.routing.RoutingDecision;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.topic.Topics;
import dev.syris.platform.kafka.KafkaSettings;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.WithBackends;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Killed in the middle, again and again: what is read committed is as if nothing had happened. */
@WithBackends
class ExactlyOnceIT {

  private static final KafkaSettings ADMIN = TestBackends.kafka();
  private static final KafkaSettings PIPELINE = TestBackends.kafka("pipeline");
  private static final Duration LONG = Duration.ofSeconds(90);
  private static final int MESSAGES = 2000;
  private static final int KILLS = 3;

  @TempDir private Path data;

  @Test
  void shouldDecideOnceOnEveryMessageWhenItIsKilledThreeTimes() throws Exception {
    try (var events = new TopicLog<>(ADMIN, Topics.EVENT);
        var decisions = new TopicLog<>(ADMIN, Topics.ROUTING_DECISION);
        var calls = new TopicLog<>(ADMIN, Topics.TOOL_CALL);
        var audits = new TopicLog<>(ADMIN, Topics.AUDIT_EVENT)) {
      // Given
      int share = MESSAGES / (KILLS + 1);
      for (int kill = 0; kill < KILLS; kill++) {
        int before = events.records().size();
        try (var pipeline = PipelineProcess.start(PIPELINE, data)) {
          send(kill * share, share);
          await()
              .atMost(LONG)
              .pollInterval(Duration.ofMillis(1))
              .until(() -> events.records().size() > before);
          pipeline.kill();
        }
      }

      // When
      try (var pipeline = PipelineProcess.start(PIPELINE, data)) {
        send(KILLS * share, share);
        await().atMost(LONG).until(() -> count(audits, "event.deduped") == MESSAGES);
        assertThat(pipeline.alive()).isTrue();
      }

      // Then
      assertThat(events.values())
          .extracting(Event::eventId)
          .hasSize(MESSAGES)
          .doesNotHaveDuplicates();
      assertThat(events.values())
          .extracting(event -> event.source().messageId())
          .doesNotHaveDuplicates();
      assertThat(decisions.values())
          .extracting(RoutingDecision::eventId)
          .hasSize(MESSAGES)
          .doesNotHaveDuplicates();
      assertThat(calls.values())
          .extracting(ToolCallRequest::idempotencyKey)
          .hasSize(MESSAGES)
          .doesNotHaveDuplicates();
      assertThat(audits.values())
          .extracting(AuditEvent::auditId)
          .hasSize(3 * MESSAGES)
          .doesNotHaveDuplicates();
    }
  }

  /** Every message twice. */
  private static void send(int from, int count) {
    var config = TestBackends.kafka("producer").producerConfig("test");
    try (var producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < 2 * count; i++) {
        int message = from + i % count;
        String json =
            "{\"channel\":\"mqtt\",\"connector_id\":\"c%d\",\"message_id\":\"eos-%d\",\"text\":\"noop %d\"}"
                .formatted(message % 7, message, i);
        producer.send(new ProducerRecord<>(Topics.INBOX.name(), json.getBytes(UTF_8)));
      }
    }
  }

  private static long count(TopicLog<AuditEvent> audits, String type) {
    return audits.values().stream().filter(audit -> audit.type().equals(type)).count();
  }
}

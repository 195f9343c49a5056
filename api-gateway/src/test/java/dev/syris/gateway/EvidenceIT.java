package dev.syris.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.topic.DeadLetterHeaders;
import dev.syris.contracts.topic.Topics;
import dev.syris.gateway.fixture.Reply;
import dev.syris.gateway.fixture.TestGateway;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.WithBackends;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

@WithBackends
class EvidenceIT {

  private static final TestGateway GATEWAY = TestGateway.shared();

  @Test
  void shouldShowAndDriveAgainADeadLetter() {
    // Given
    UUID trace = UUID.randomUUID();
    UUID id = deadLetter(trace, "broken on purpose");
    await().until(() -> GATEWAY.get("/dead-letters/" + id).status() == 200);
    var letter = GATEWAY.get("/dead-letters/" + id).json();
    // When
    Reply payload = GATEWAY.get("/artifacts/" + letter.get("payload_ref").stringValue());
    Reply driven = redrive(id, "once");
    Reply again = redrive(id, "once");
    // Then
    assertThat(GATEWAY.get("/dead-letters?trace_id=" + trace).json().get("items").size())
        .isEqualTo(1);
    assertThat(payload.text()).isEqualTo("broken on purpose");
    assertThat(payload.header("content-disposition")).startsWith("attachment");
    assertThat(driven.status()).isEqualTo(202);
    assertThat(driven.json().get("trace_id").stringValue()).isEqualTo(trace.toString());
    assertThat(again.text()).isEqualTo(driven.text());
    await()
        .untilAsserted(
            () ->
                assertThat(
                        GATEWAY
                            .get(
                                "/audit?type=operator.action.dead_letter_redrive&trace_id=" + trace)
                            .json()
                            .get("items")
                            .size())
                    .isEqualTo(1));
  }

  @Test
  void shouldVerifyTheTrail() {
    // When
    Reply reply = GATEWAY.get("/audit/verify");
    // Then
    assertThat(reply.json().get("valid").booleanValue()).isTrue();
    assertThat(reply.json().get("head").get("hash").stringValue()).hasSize(64);
  }

  private static Reply redrive(UUID id, String key) {
    return GATEWAY
        .call("POST", "/dead-letters/" + id + "/redrive")
        .token(GATEWAY.operator())
        .header("Idempotency-Key", key)
        .send();
  }

  private static UUID deadLetter(UUID trace, String payload) {
    UUID id = UUID.randomUUID();
    var words =
        new ProducerRecord<byte[], byte[]>(
            Topics.DEAD_LETTER.name(), payload.getBytes(StandardCharsets.UTF_8));
    Map.of(
            DeadLetterHeaders.ID, id.toString(),
            DeadLetterHeaders.TOPIC, Topics.INBOX.name(),
            DeadLetterHeaders.PARTITION, "0",
            DeadLetterHeaders.OFFSET, "5",
            DeadLetterHeaders.REASON, "event.malformed",
            DeadLetterHeaders.ERROR, "no JSON",
            DeadLetterHeaders.TRACE_ID, trace.toString())
        .forEach(
            (name, value) -> words.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    try (var producer =
        new KafkaProducer<>(
            TestBackends.kafka().producerConfig("test-letters"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(words).get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return id;
  }
}

package dev.syris.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * Nothing anyone can send stops the stream; each bad thing is told apart, and the next good one is
 * through at once.
 */
@ExtendWith(SharedSyris.class)
class HostileInputIT {

  private static final String RAW_EVENT = "syris.ingest.raw-event";
  private static final Duration SETTLE = Duration.ofSeconds(60);
  private static final int POISON = 1_000;

  private static SyrisProcess syris;
  private static Http http;

  @BeforeAll
  static void start(SyrisProcess shared) throws Exception {
    syris = shared;
    http = syris.http();
  }

  @Test
  void shouldAnswerWithAProblemWhenTheBodyIsHostile() throws Exception {
    for (byte[] body : Malformed.bodies()) {
      // When
      Http.Answer answer = http.post("/events", body);

      // Then
      String shown = new String(body, 0, Math.min(body.length, 80), StandardCharsets.UTF_8);
      assertThat(answer.status()).as(shown).isBetween(400, 499);
      assertThat(answer.contentType()).as(shown).startsWith("application/problem+json");
      assertThat(answer.json().path("code").asString()).as(shown).isNotBlank();
    }
    goodEventGoesThrough();
  }

  @Test
  void shouldKeepEachAsADeadLetterWhenTheInboxIsFedRubbish() throws Exception {
    // Given
    List<byte[]> bodies = Malformed.bodies();
    int before = deadLetters().size();

    // When
    try (var producer = KafkaClients.producer(syris)) {
      for (byte[] body : bodies) {
        producer.send(new ProducerRecord<>(KafkaClients.INBOX, body)).get();
      }
      producer
          .send(
              new ProducerRecord<>(
                  KafkaClients.INBOX, "key".getBytes(StandardCharsets.UTF_8), null))
          .get();
      producer.send(new ProducerRecord<>(KafkaClients.INBOX, null, -0L, null, good("past"))).get();
      producer
          .send(
              new ProducerRecord<>(
                  KafkaClients.INBOX, null, 4_070_908_800_000L, null, good("from-2099")))
          .get();
    }

    // Then
    int expected = before + bodies.size() + 1;
    await().atMost(SETTLE).untilAsserted(() -> assertThat(deadLetters()).hasSize(expected));
    assertThat(deadLetters())
        .allSatisfy(
            letter -> {
              assertThat(letter.path("reason").asString()).isNotBlank();
              assertThat(letter.path("error").asString()).isNotBlank();
            });
    await().atMost(SETTLE).until(() -> !http.all("/events?connector_id=from-2099").isEmpty());
    goodEventGoesThrough();
  }

  @Test
  void shouldGoOnWhenPoisonComesAThousandTimesInARow() throws Exception {
    // Given
    int before = deadLetters().size();

    // When
    for (String topic : List.of(KafkaClients.INBOX, RAW_EVENT)) {
      try (var producer =
          KafkaClients.producer(
              KafkaClients.as(syris, topic.equals(RAW_EVENT) ? "ingest" : "producer"))) {
        Future<RecordMetadata> last = null;
        for (int i = 0; i < POISON; i++) {
          byte[] poison =
              ("{\"channel\":\"chat\",\"connector_id\":" + i + ",")
                  .getBytes(StandardCharsets.UTF_8);
          last =
              producer.send(
                  new ProducerRecord<>(topic, 1, "same".getBytes(StandardCharsets.UTF_8), poison));
        }
        last.get();
      }
    }

    // Then
    await()
        .atMost(SETTLE)
        .untilAsserted(() -> assertThat(deadLetters()).hasSize(before + 2 * POISON));
    goodEventGoesThrough();
    JsonNode verified = http.get("/audit/verify").json();
    assertThat(verified.path("valid").asBoolean()).as(verified.toString()).isTrue();
  }

  private static List<JsonNode> deadLetters() throws Exception {
    return http.all("/dead-letters");
  }

  private static byte[] good(String connector) {
    return "{\"channel\":\"api\",\"connector_id\":\"%s\",\"text\":\"noop\"}"
        .formatted(connector)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void goodEventGoesThrough() throws Exception {
    String trace = http.accept(SpineIT.event("status"));
    await().atMost(Duration.ofSeconds(10)).until(() -> http.audit(trace).size() == 4);
  }
}

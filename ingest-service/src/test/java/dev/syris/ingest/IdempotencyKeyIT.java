package dev.syris.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.json.Json;
import dev.syris.platform.postgres.PostgresSettings;
import dev.syris.testkit.TestBackends;
import dev.syris.testkit.WithBackends;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

@WithBackends
class IdempotencyKeyIT {

  private static final String EVENT = "{\"channel\":\"api\",\"connector_id\":\"keyed\"}";

  @Test
  void shouldGiveTheSameAnswerAcrossARestartAndRefuseAnotherBody() {
    // Given
    PostgresSettings database = TestBackends.freshDatabase().as("syris_ingest");
    String first;
    try (RunningIngest ingest =
        RunningIngest.start(TestBackends.kafka("ingest"), database, Map.of())) {
      first = ingest.postEvent("[" + EVENT + "," + EVENT + "]", "Idempotency-Key", "k-1").body();
    }

    // When
    try (RunningIngest ingest =
        RunningIngest.start(TestBackends.kafka("ingest"), database, Map.of())) {
      HttpResponse<String> same =
          ingest.postEvent("[" + EVENT + "," + EVENT + "]", "Idempotency-Key", "k-1");
      HttpResponse<String> other = ingest.postEvent("[" + EVENT + "]", "Idempotency-Key", "k-1");

      // Then
      assertThat(same.statusCode()).isEqualTo(202);
      assertThat(same.body()).isEqualTo(first);
      assertThat(same.headers().firstValue("Idempotent-Replayed")).contains("true");
      assertThat(other.statusCode()).isEqualTo(422);
      assertThat(Json.mapper().readTree(other.body()).get("code").asString())
          .isEqualTo("idempotency_conflict");
      assertThat(ingest.postEvent(EVENT, "Idempotency-Key", "with blank").statusCode())
          .isEqualTo(400);
      assertThat(
              ingest.postEvent(EVENT, "Idempotency-Key", "a", "Idempotency-Key", "b").statusCode())
          .isEqualTo(400);
    }
  }

  @Test
  void shouldWorkWithoutADatabaseUnlessThereIsAKey() {
    // Given
    var nowhere = new PostgresSettings("jdbc:postgresql://127.0.0.1:1/none", "nobody", "none", 1);

    // When
    try (RunningIngest ingest =
        RunningIngest.start(TestBackends.kafka("ingest"), nowhere, Map.of())) {
      HttpResponse<String> keyed = ingest.postEvent(EVENT, "Idempotency-Key", "k-1");

      // Then
      assertThat(ingest.postEvent(EVENT).statusCode()).isEqualTo(202);
      assertThat(keyed.statusCode()).isEqualTo(503);
      assertThat(keyed.headers().firstValue("Retry-After")).isPresent();
      assertThat(ingest.getOpen("/internal/health").statusCode()).isEqualTo(200);
    }
  }
}

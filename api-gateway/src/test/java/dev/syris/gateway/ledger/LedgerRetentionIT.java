package dev.syris.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syris.gateway.ledger.segment.SegmentSettings;
import dev.syris.gateway.ledger.segment.Segments;
import dev.syris.testkit.WithBackends;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the trail tells of is kept as long as the trail, and no longer. */
@WithBackends
class LedgerRetentionIT {

  private static final List<String> KINDS =
      List.of("event", "routing_decision", "trace", "dead_letter", "artifact");
  private static final Duration YEAR = Duration.ofDays(365);

  private static final String MOMENTS =
      """
      (select n, now() - case when n <= 2 then interval '2 years' else interval '0' end as at
         from generate_series(1, 4) n) moment
      """;

  private final LedgerFixture ledger = new LedgerFixture();

  /** Two of each kind from {@code two years} ago and two from now, each letter with its payload. */
  @BeforeEach
  void fill() {
    ledger.tamper(
        """
        insert into ledger.event (event_id, trace_id, ingested_at, channel, connector_id, body)
          select gen_random_uuid(), gen_random_uuid(), at, 'api', 'c', '{}' from %s
        """
            .formatted(MOMENTS),
        """
        insert into ledger.routing_decision (event_id, trace_id, decided_at, execution_mode, body)
          select gen_random_uuid(), gen_random_uuid(), at, 'none', '{}' from %s
        """
            .formatted(MOMENTS),
        """
        insert into ledger.trace (trace_id, started_at, last_at, audits, failures)
          select gen_random_uuid(), at, at, 1, 0 from %s
        """
            .formatted(MOMENTS),
        """
        insert into ledger.artifact (artifact_id, created_at, size_bytes, ciphertext)
          select repeat(n::text, 64), at, 1, 'x' from %s
        """
            .formatted(MOMENTS),
        """
        insert into ledger.dead_letter
            (dead_letter_id, at, partition, "offset", topic, reason, error, payload_ref, envelope)
          select gen_random_uuid(), at, 0, n, 't', 'r', 'e', repeat(n::text, 64), 'x' from %s
        """
            .formatted(MOMENTS));
  }

  @AfterEach
  void close() throws Exception {
    ledger.close();
  }

  @Test
  void shouldKeepEverythingWhileTheTrailStillTellsOfIt() {
    // When
    maintain();
    // Then
    assertThat(KINDS).allSatisfy(kind -> assertThat(ledger.count("ledger." + kind)).isEqualTo(4));
  }

  @Test
  void shouldDeleteWhatOnlyDroppedSegmentsToldOf() {
    // Given
    dropped("1 year");
    // When
    maintain();
    // Then
    assertThat(KINDS).allSatisfy(kind -> assertThat(ledger.count("ledger." + kind)).isEqualTo(2));
  }

  @Test
  void shouldNotDeleteWhatIsYoungWhateverTheCallerAsksFor() {
    // Given
    dropped("0");
    ledger.tamper("update ledger.event set ingested_at = now() - interval '59 days'");
    // When
    forget("interval '-100 years'", 10_000);
    // Then
    assertThat(ledger.count("ledger.event")).isEqualTo(4);
    assertThat(ledger.count("ledger.dead_letter")).isEqualTo(2);
  }

  @Test
  void shouldGoInSmallBatches() {
    // Given
    dropped("1 year");
    // When
    long first = forget("interval '1 year'", 1);
    long second = forget("interval '1 year'", 1);
    long third = forget("interval '1 year'", 1);
    // Then
    assertThat(first).isEqualTo(KINDS.size());
    assertThat(second).isEqualTo(KINDS.size());
    assertThat(third).isZero();
  }

  @Test
  void shouldKeepAnOldPayloadThatAYoungLetterRefersTo() {
    // Given: the same bytes came again
    dropped("1 year");
    ledger.tamper(
        "update ledger.dead_letter set payload_ref = repeat('1', 64) where \"offset\" = 4");
    // When
    maintain();
    // Then
    assertThat(
            ledger
                .owner
                .sql("select left(artifact_id, 1) from ledger.artifact order by 1")
                .query(String.class)
                .list())
        .containsExactly("1", "3", "4");
  }

  @Test
  void shouldRefuseToLoseAPayloadInUseAndToLetTheLedgerDeleteByItself() {
    assertThatThrownBy(() -> ledger.owner.sql("delete from ledger.artifact").update())
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("fk_dead_letter_payload");
    for (String kind : KINDS) {
      assertThatThrownBy(
              () -> JdbcClient.create(ledger.ledger).sql("delete from ledger." + kind).update())
          .isInstanceOf(DataAccessException.class)
          .hasStackTraceContaining("permission denied");
    }
  }

  private void maintain() {
    new Segments(
            JdbcClient.create(ledger.ledger), new SegmentSettings(1_000, YEAR, YEAR), Instant::now)
        .maintain(0);
  }

  private long forget(String retention, int most) {
    return JdbcClient.create(ledger.ledger)
        .sql("select ledger.forget(%s, %d)".formatted(retention, most))
        .query(Long.class)
        .single();
  }

  /** As if a segment whose youngest record is that old had been dropped. */
  private void dropped(String age) {
    ledger.tamper(
        """
        insert into ledger.segment (segment_id, first_sequence, first_previous_hash, opened_at, last_sequence, last_hash,
            row_count, earliest_at, latest_at, sealed_at, dropped_at)
          select 0, 0, hash, now(), 0, hash, 1, now() - interval '3 years', now() - interval '%s', now(), now()
            from (select decode(repeat('00', 32), 'hex') as hash) zero
        """
            .formatted(age));
  }
}

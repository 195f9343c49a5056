package dev.syris.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.testkit.WithBackends;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the task service is let see of the ledger, with the rights it has. */
@WithBackends
class LedgerTroubleIT {

  private final LedgerFixture ledger = new LedgerFixture();
  private final JdbcClient task =
      JdbcClient.create(LedgerFixture.plain(ledger.database.as("syris_task")));

  @AfterEach
  void close() throws Exception {
    ledger.close();
  }

  @Test
  void shouldCountTheDeadLettersOfAnHourByTheConnectorOfTheirTrace() {
    // Given
    UUID kitchen = UUID.randomUUID();
    trace(kitchen, "'kitchen'");
    UUID silent = UUID.randomUUID();
    trace(silent, "null");
    UUID stranger = UUID.randomUUID();
    // When
    rejected(deadLetter(stranger, "1 minute"), stranger, "greenhouse");
    rejected(deadLetter(kitchen, "1 minute"), kitchen, "greenhouse");
    deadLetter(kitchen, "5 minutes");
    deadLetter(kitchen, "10 minutes");
    deadLetter(kitchen, "61 minutes");
    deadLetter(silent, "1 minute");
    deadLetter(UUID.randomUUID(), "1 minute");
    deadLetter(null, "1 minute");
    // Then
    assertThat(rows("select connector_id, count from api.dead_letter_recent order by 1"))
        .containsExactly(
            Map.of("connector_id", "greenhouse", "count", 2L),
            Map.of("connector_id", "kitchen", "count", 2L),
            Map.of("connector_id", "unknown", "count", 3L));
    assertThat(
            rows(
                """
                select 1 as recent from api.dead_letter_recent
                 where connector_id = 'kitchen' and last_at between now() - interval '6 min' and now()
                """))
        .hasSize(1);
  }

  @Test
  void shouldShowTheGapsOfAWeek() {
    // When
    String id = gap("6 days");
    gap("8 days");
    // Then
    assertThat(
            rows(
                """
                select gap_id, topic, details->>'kind' as kind, details->>'expected_offset' as expected,
                       details->>'resumed_offset' as resumed, details->>'partition' as partition
                  from api.ledger_gap_open
                """))
        .containsExactly(
            Map.of(
                "gap_id",
                id,
                "topic",
                "syris.audit.event",
                "kind",
                "expired",
                "expected",
                "3",
                "resumed",
                "7",
                "partition",
                "0"));
  }

  @Test
  void shouldTellWhenTheNewestRecordWasRecorded() {
    // Given
    assertThat(newest()).isNull();
    // When
    ledger.start();
    ledger.audits(2);
    ledger.awaitAudits(2);
    // Then
    assertThat(newest())
        .isEqualTo(
            ledger
                .owner
                .sql("select recorded_at from ledger.audit_event where sequence = 2")
                .query()
                .singleValue());
    assertThat(rows("select topic, next_offset, updated_at from api.ledger_state")).isNotEmpty();
  }

  private Object newest() {
    return rows("select recorded_at from api.ledger_newest").getFirst().get("recorded_at");
  }

  private List<Map<String, Object>> rows(String sql) {
    return task.sql(sql).query().listOfRows();
  }

  private void trace(UUID id, String connector) {
    ledger
        .owner
        .sql(
            """
            insert into ledger.trace (trace_id, started_at, last_at, audits, failures, connector_id)
            values (:id, now(), now(), 1, 0, %s)
            """
                .formatted(connector))
        .param("id", id)
        .update();
  }

  /** What the trail says of a dead letter that names a connector. */
  private void rejected(UUID deadLetter, UUID trace, String connector) {
    ledger.tamper(
        """
        insert into ledger.audit_event (sequence, recorded_at, audit_id, trace_id, stage, type, outcome, connector_id,
                                        hash, body)
        select coalesce(max(sequence), 0) + 1, now(), gen_random_uuid(), '%s', 'normalize', 'event.rejected', 'failure',
               '%s', decode(repeat('00', 32), 'hex'), '{"refs": {"dead_letter_id": "%s"}}'
          from ledger.audit_event
        """
            .formatted(trace, connector, deadLetter));
  }

  private UUID deadLetter(UUID trace, String age) {
    UUID id = UUID.randomUUID();
    ledger
        .owner
        .sql(
            """
            insert into ledger.dead_letter (dead_letter_id, at, trace_id, partition, "offset", topic, reason, error, envelope)
            values (:id, now() - :age::interval, :trace::uuid, 0, 1, 'syris.ingest.inbox', 'event.malformed',
                    'no JSON', '')
            """)
        .param("id", id)
        .param("age", age)
        .param("trace", trace)
        .update();
    return id;
  }

  private String gap(String age) {
    UUID id = UUID.randomUUID();
    ledger
        .owner
        .sql(
            """
            insert into ledger.gap (gap_id, at, topic, partition, kind, expected_offset, resumed_offset)
            values (:id, now() - :age::interval, 'syris.audit.event', 0, 'expired', 3, 7)
            """)
        .param("id", id)
        .param("age", age)
        .update();
    return id.toString();
  }
}

package dev.syris.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.testkit.WithBackends;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@WithBackends
class LedgerMigrationIT {

  private final LedgerFixture ledger = new LedgerFixture();

  @AfterEach
  void close() throws Exception {
    ledger.close();
  }

  @Test
  void shouldKeepEverythingWhenMigratedAgain() {
    // Given
    ledger.start();
    ledger.audits(3);
    ledger.awaitAudits(3);

    // When
    ledger.database.migrate();
    ledger.audits(1);
    ledger.awaitAudits(4);

    // Then
    assertThat(ledger.verify().rows()).isEqualTo(4);
    assertThat(ledger.count("api.audit_event")).isEqualTo(4);
  }

  @Test
  void shouldSayOfEveryTableWhatItIsFor() {
    // When
    List<String> silent =
        ledger
            .owner
            .sql(
                """
                select c.relname from pg_class c
                 where c.relnamespace in ('ledger'::regnamespace, 'api'::regnamespace) and c.relkind in ('r', 'p', 'v')
                   and obj_description(c.oid) is null and c.relname not like 'flyway%'
                """)
            .query(String.class)
            .list();

    // Then
    assertThat(silent).isEmpty();
  }

  @Test
  void shouldTurnTimesIntoSequencesThatMissNothing() {
    // Given: a trail of one record a minute
    ledger.tamper(
        """
        insert into ledger.audit_event (sequence, recorded_at, audit_id, trace_id, stage, type, outcome, hash, body)
        select n, timestamptz '2026-01-01T00:00:00Z' + n * interval '1 minute', gen_random_uuid(), gen_random_uuid(),
               'gate', 'x', 'info', decode(repeat('00', 32), 'hex'), '{}'
          from generate_series(1, 1000) n
        """,
        "update ledger.chain_head set sequence = 1000");

    // When / Then
    assertThat(bound("since", "2026-01-01T10:00:00Z")).isEqualTo(595);
    assertThat(bound("until", "2026-01-01T10:00:00Z")).isEqualTo(605);
    assertThat(bound("since", "2020-01-01T00:00:00Z")).isEqualTo(1);
    assertThat(bound("until", "2020-01-01T00:00:00Z")).isEqualTo(1);
    assertThat(bound("since", "2030-01-01T00:00:00Z")).isEqualTo(1001);
    assertThat(bound("until", "2030-01-01T00:00:00Z")).isEqualTo(1001);
  }

  @Test
  void shouldTurnTimesIntoSequencesWhenThereIsNothingYet() {
    assertThat(bound("since", "2026-01-01T10:00:00Z")).isEqualTo(1);
    assertThat(bound("until", "2026-01-01T10:00:00Z")).isEqualTo(1);
  }

  private long bound(String which, String at) {
    OffsetDateTime time = Instant.parse(at).atOffset(ZoneOffset.UTC);
    return ledger
        .superuser
        .sql("select api.audit_sequence_%s(:at)".formatted(which))
        .param("at", time)
        .query(Long.class)
        .single();
  }
}

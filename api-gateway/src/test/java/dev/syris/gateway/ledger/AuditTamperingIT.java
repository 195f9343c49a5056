package dev.syris.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syris.gateway.ledger.chain.Verification;
import dev.syris.testkit.WithBackends;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@WithBackends
class AuditTamperingIT {

  private final LedgerFixture ledger = new LedgerFixture();

  @BeforeEach
  void fill() {
    ledger.start();
    ledger.audits(10);
    ledger.awaitAudits(10);
  }

  @AfterEach
  void close() throws Exception {
    ledger.close();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "recorded_at, recorded_at + interval '1 microsecond'",
        "recorded_at, recorded_at + interval '1 hour'",
        "audit_id, gen_random_uuid()",
        "trace_id, gen_random_uuid()",
        "event_id, gen_random_uuid()",
        "event_id, null",
        "stage, 'gate'",
        "type, 'gate.approved'",
        "outcome, 'failure'",
        "tool, 'http'",
        "tool, null",
        "connector_id, 'cellar'",
        "task_id, 'other'",
      })
  void shouldNameTheRowWhenAColumnWasChanged(String column, String value) {
    // When
    ledger.tamper(
        "update ledger.audit_event set %s = %s where sequence = 4".formatted(column, value));

    // Then
    assertThat(invalid().sequence()).isEqualTo(4);
    assertThat(invalid().reason()).contains(column);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "body = replace(body::text, 'timer', 'door!')::json, tool = 'door!'",
        "body = (body::text || ' ')::json",
        "body = '{}'",
        "hash = decode(repeat('ab', 32), 'hex')",
      })
  void shouldNameTheRowWhenItsBodyOrHashWasChanged(String change) {
    // When
    ledger.tamper("update ledger.audit_event set %s where sequence = 4".formatted(change));

    // Then
    assertThat(invalid().sequence()).isEqualTo(4);
    assertThat(invalid().reason()).containsAnyOf("hash", "body");
  }

  @Test
  void shouldNameTheRowsWhenTheyWereRemoved() {
    // When
    ledger.tamper("delete from ledger.audit_event where sequence in (4, 5)");

    // Then
    assertThat(invalid()).isEqualTo(new Verification.Invalid(4, "rows 4 to 5 are missing"));
  }

  @Test
  void shouldNameTheRowWhenTheFirstWasRemoved() {
    // When
    ledger.tamper("delete from ledger.audit_event where sequence = 1");

    // Then
    assertThat(invalid()).isEqualTo(new Verification.Invalid(1, "the row is missing"));
  }

  @Test
  void shouldNameTheRowsWhenTheLastWereRemoved() {
    // When
    ledger.tamper("delete from ledger.audit_event where sequence > 7");

    // Then
    assertThat(invalid()).isEqualTo(new Verification.Invalid(8, "rows 8 to 10 are missing"));
  }

  @Test
  void shouldNameTheRowWhenAllWereRemoved() {
    // When
    ledger.tamper("delete from ledger.audit_event");

    // Then
    assertThat(invalid().sequence()).isEqualTo(1);
  }

  @Test
  void shouldNameTheFirstWhenTwoRowsWereSwapped() {
    // When
    ledger.tamper(
        "update ledger.audit_event set sequence = 1000 where sequence = 3",
        "update ledger.audit_event set sequence = 3 where sequence = 7",
        "update ledger.audit_event set sequence = 7 where sequence = 1000");

    // Then
    assertThat(invalid())
        .isEqualTo(new Verification.Invalid(3, "the row holds the body of sequence 7"));
  }

  @Test
  void shouldNameTheRowWhenOneWasAddedBehindTheHead() {
    // When
    ledger.tamper(copyOf(10, 11));

    // Then
    assertThat(invalid().sequence()).isEqualTo(11);
    assertThat(invalid().reason()).contains("not the ledger's");
  }

  @Test
  void shouldNameTheRowWhenOneWasPutInThePlaceOfAnother() {
    // When
    ledger.tamper("delete from ledger.audit_event where sequence = 5", copyOf(9, 5));

    // Then
    assertThat(invalid())
        .isEqualTo(new Verification.Invalid(5, "the row holds the body of sequence 9"));
  }

  @Test
  void shouldNameTheEndWhenTheHeadWasMovedBack() {
    // When
    ledger.tamper("update ledger.chain_head set sequence = 9");

    // Then
    assertThat(ledger.verify().valid()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"syris_owner", "postgres", "syris_ledger", "syris_gateway", "syris_task"})
  void shouldRefuseEveryRoleToChangeTheTrail(String role) {
    // Given
    JdbcClient jdbc = JdbcClient.create(as(role));

    for (String table : new String[] {"ledger.audit_event", "ledger.audit_segment_1"}) {
      for (String change :
          new String[] {
            "update %s set tool = 'x'",
            "update %s set tool = 'x' where false",
            "delete from %s",
            "truncate %s",
            "truncate %s cascade",
            "insert into %1$s select * from %1$s on conflict (sequence) do update set tool = 'x'",
            "merge into %1$s a using %1$s b on a.sequence = b.sequence when matched then delete",
          }) {
        // When / Then
        assertThatThrownBy(() -> jdbc.sql(change.formatted(table)).update())
            .as(role + ": " + change.formatted(table))
            .rootCause()
            .hasMessageMatching("(?s).*(append-only|permission denied).*");
      }
    }
    assertThat(ledger.verify().valid()).isTrue();
  }

  @Test
  void shouldRefuseEvenASessionThatSwitchedTriggersOff() {
    assertThatThrownBy(
            () ->
                ledger
                    .superuser
                    .sql("set session_replication_role = replica; delete from ledger.audit_event")
                    .update())
        .rootCause()
        .hasMessageContaining("append-only");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update ledger.segment set row_count = 1",
        "delete from ledger.segment",
        "delete from ledger.audit_key",
        "delete from ledger.event",
        "update ledger.event set channel = 'x'",
        "delete from ledger.dead_letter",
        "update ledger.artifact set size_bytes = 0",
        "delete from ledger.gap",
        "delete from ledger.topic_position",
        "delete from ledger.chain_head",
        "alter table ledger.audit_event disable trigger all",
        "drop table ledger.audit_segment_1",
        "select ledger.open_segment(9, 99, '')",
        "create table ledger.mine (id int)",
      })
  void shouldRefuseTheLedgersOwnRoleWhatItDoesNotNeed(String sql) {
    // Given
    JdbcClient jdbc = JdbcClient.create(ledger.ledger);

    // When / Then
    assertThatThrownBy(() -> jdbc.sql(sql).update())
        .rootCause()
        .hasMessageMatching("(?s).*(permission denied|must be owner).*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from ledger.audit_event",
        "select * from ledger.artifact",
        "select * from ledger.dead_letter",
        "insert into api.audit_event (sequence) values (1)",
        "select ledger.drop_oldest_segment(interval '1 day')",
      })
  void shouldRefuseTheGatewayEverythingButTheViews(String sql) {
    // Given
    JdbcClient jdbc = JdbcClient.create(as("syris_gateway"));

    // When / Then
    assertThatThrownBy(() -> jdbc.sql(sql).update())
        .rootCause()
        .hasMessageContaining("permission denied");
    assertThat(jdbc.sql("select count(*) from api.audit_event").query(Long.class).single())
        .isEqualTo(10);
  }

  private DataSource as(String role) {
    return LedgerFixture.plain(
        role.equals("postgres") ? ledger.database.superuser() : ledger.database.as(role));
  }

  private static String copyOf(long sequence, long as) {
    return """
        insert into ledger.audit_event (sequence, recorded_at, audit_id, trace_id, event_id, stage, type, outcome, tool,
               connector_id, task_id, hash, body)
        select %d, recorded_at, audit_id, trace_id, event_id, stage, type, outcome, tool, connector_id, task_id, hash,
               body
          from ledger.audit_event where sequence = %d
        """
        .formatted(as, sequence);
  }

  private Verification.Invalid invalid() {
    Verification found = ledger.verify();
    assertThat(found.valid()).isFalse();
    return found.firstInvalid();
  }
}

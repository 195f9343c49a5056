package dev.syris.gateway.ledger;

import static dev.syris.gateway.ledger.LedgerFixture.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.topic.Topics;
import dev.syris.testkit.WithBackends;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@WithBackends
class LedgerSinkIT {

  private final LedgerFixture ledger = new LedgerFixture();

  @AfterEach
  void close() throws Exception {
    ledger.close();
  }

  @Test
  void shouldKeepEachRecordOnceInOrderWhenTheyAreSaid() {
    // Given
    ledger.start();

    // When
    List<UUID> said = ledger.audits(500);
    ledger.awaitAudits(500);

    // Then
    assertThat(ledger.auditIds()).isEqualTo(said);
    assertThat(ledger.verify())
        .satisfies(
            found -> {
              assertThat(found.firstInvalid()).isNull();
              assertThat(found.valid()).isTrue();
              assertThat(found.rows()).isEqualTo(500);
              assertThat(found.head().sequence()).isEqualTo(500);
            });
  }

  @Test
  void shouldKeepTheBodyAsItCameWithItsPlaceInFront() {
    // Given
    AuditEvent event = LedgerFixture.someAudit();
    var json = Json.mapper().readTree(Json.bytes(event)).asObject().put("from_tomorrow", "kept");
    ledger.start();

    // When
    var at = ledger.send(Topics.AUDIT_EVENT, Json.bytes(json));
    ledger.awaitAudits(1);

    // Then
    var body = ledger.owner.sql("select body from api.audit_event").query(String.class).single();
    assertThat(Json.mapper().readTree(body).get("from_tomorrow").asString()).isEqualTo("kept");
    assertThat(Json.read(body.getBytes(java.nio.charset.StandardCharsets.UTF_8), AuditEvent.class))
        .isEqualTo(
            Json.read(Json.bytes(event), AuditEvent.class)
                .recorded(1, Instant.ofEpochMilli(at.timestamp())));
  }

  @Test
  void shouldDropARecordWhenItsIdIsKnown() {
    // Given
    AuditEvent first = LedgerFixture.someAudit();
    AuditEvent second = LedgerFixture.someAudit();
    ledger.start();
    ledger.audit(first);
    ledger.audit(first);
    ledger.awaitAudits(1);

    // When
    ledger.audit(first);
    ledger.audit(second);
    ledger.awaitAudits(2);

    // Then
    assertThat(ledger.auditIds())
        .containsExactly(first.auditId().value(), second.auditId().value());
    await().atMost(SOON).until(() -> ledger.meters.counter("syris.ledger.repeats").count() == 2);
    assertThat(ledger.verify().valid()).isTrue();
  }
}

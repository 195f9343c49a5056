package dev.syris.gateway.ledger;

import static dev.syris.gateway.ledger.LedgerFixture.SOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.topic.Topics;
import dev.syris.gateway.ledger.artifact.Artifact;
import dev.syris.testkit.WithBackends;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

@WithBackends
class LedgerPoisonIT {

  private final LedgerFixture ledger = new LedgerFixture();

  @AfterEach
  void close() throws Exception {
    ledger.close();
  }

  @Test
  void shouldLayAsideWhateverIsNoRecordAndGoOn() {
    // Given
    ledger.start();
    AuditEvent good = LedgerFixture.someAudit();
    List<byte[]> bad =
        List.of(
            "".getBytes(UTF_8),
            "[]".getBytes(UTF_8),
            "{}".getBytes(UTF_8),
            "{\"audit_id\":".getBytes(UTF_8),
            new byte[] {'{', (byte) 0xc0, (byte) 0x80, '}'},
            "{\"a\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_16),
            "[".repeat(10_000).getBytes(UTF_8),
            with(good, "audit_id", "1-1-1-1-1"),
            with(good, "stage", "unheard-of"),
            with(good, "timestamp", "yesterday"),
            with(good, "tool", "a\u0000b"),
            with(good, "tool", "@@"),
            with(good, "sequence", "7"),
            Samples.garbage());

    // When
    bad.forEach(value -> ledger.send(Topics.AUDIT_EVENT, value));
    ledger.send(new ProducerRecord<>(Topics.AUDIT_EVENT.name(), new byte[] {1}, null));
    ledger.send(Topics.EVENT, "{}".getBytes(UTF_8));
    ledger.send(Topics.ROUTING_DECISION, "{}".getBytes(UTF_8));
    ledger.audit(good);
    ledger.awaitAudits(1);

    // Then
    await().atMost(SOON).until(() -> ledger.count("api.dead_letter") == bad.size() + 3);
    assertThat(ledger.auditIds()).containsExactly(good.auditId().value());
    assertThat(
            ledger
                .owner
                .sql("select distinct reason from api.dead_letter")
                .query(String.class)
                .list())
        .containsExactlyInAnyOrder("audit.malformed", "event.malformed", "decision.malformed");
    assertThat(
            ledger
                .owner
                .sql("select error from api.dead_letter where error = ''")
                .query(String.class)
                .list())
        .isEmpty();
    assertThat(ledger.meters.counter("syris.ledger.malformed").count()).isEqualTo(bad.size() + 3);
  }

  @Test
  void shouldKeepTheBytesOfADeadLetterEncryptedAndGiveThemBack() {
    // Given
    ledger.start();
    byte[] poison = ("secret " + UUID.randomUUID()).getBytes(UTF_8);

    // When
    ledger.send(Topics.AUDIT_EVENT, poison);
    await().atMost(SOON).until(() -> ledger.count("api.dead_letter") == 1);

    // Then
    Map<String, Object> row = ledger.owner.sql("select * from ledger.artifact").query().singleRow();
    assertThat(new String((byte[]) row.get("ciphertext"), UTF_8)).doesNotContain("secret");
    String ref =
        ledger.owner.sql("select payload_ref from api.dead_letter").query(String.class).single();
    assertThat(ledger.artifacts().read(ref)).map(Artifact::bytes).hasValue(poison);
  }

  @Test
  void shouldGoOnWithinASecondAfterAThousandPoisonRecordsInARow() {
    // Given
    ledger.start();
    ledger.audits(1);
    ledger.awaitAudits(1);
    for (int i = 0; i < 999; i++) {
      ledger.send(Topics.AUDIT_EVENT, Samples.garbage());
    }

    // When
    ledger.send(Topics.AUDIT_EVENT, Samples.garbage());
    ledger.audits(1);

    // Then
    await()
        .atMost(java.time.Duration.ofSeconds(1))
        .until(() -> ledger.count("ledger.audit_event") == 2);
    assertThat(ledger.count("api.dead_letter")).isEqualTo(1_000);
  }

  @Test
  void shouldLayAsideTheOneRecordTheDatabaseRefuses() {
    // Given: a name no index can hold, which nothing before the database minds
    byte[] refused = with(LedgerFixture.someAudit(), "tool", noise(200_000));
    List<UUID> before = ledger.audits(40);
    ledger.send(Topics.AUDIT_EVENT, refused);
    List<UUID> after = ledger.audits(40);

    // When
    ledger.start();
    ledger.awaitAudits(80);

    // Then
    assertThat(ledger.auditIds())
        .containsSubsequence(before)
        .containsSubsequence(after)
        .hasSize(80);
    assertThat(ledger.owner.sql("select reason from api.dead_letter").query(String.class).list())
        .containsExactly("record.refused");
    assertThat(ledger.verify().firstInvalid()).isNull();
  }

  private static byte[] with(AuditEvent event, String name, String value) {
    ObjectNode json = Json.mapper().readTree(Json.bytes(event)).asObject();
    json.put("audit_id", UUID.randomUUID().toString()).put(name, value);
    return Json.mapper().writeValueAsString(json).replace("@@", "\\ud800").getBytes(UTF_8);
  }

  private static String noise(int length) {
    var random = new Random(7);
    var text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) (0x4e00 + random.nextInt(0x4000)));
    }
    return text.toString();
  }
}

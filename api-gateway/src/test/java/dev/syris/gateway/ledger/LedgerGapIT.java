package dev.syris.gateway.ledger;

import static dev.syris.gateway.ledger.LedgerFixture.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.topic.Topics;
import dev.syris.gateway.ledger.sink.LedgerParts;
import dev.syris.gateway.ledger.sink.LedgerSink;
import dev.syris.testkit.WithBackends;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@WithBackends
class LedgerGapIT {

  private static final TopicPartition AUDIT = new TopicPartition(Topics.AUDIT_EVENT.name(), 0);

  private final LedgerFixture ledger = new LedgerFixture();

  @AfterEach
  void close() throws Exception {
    ledger.close();
  }

  @Test
  void shouldTellWhatExpiredWhenRecordsWereDeletedBeforeTheyWereRead() {
    // Given
    LedgerSink sink = ledger.start();
    ledger.audits(3);
    ledger.awaitAudits(3);
    sink.stop();
    long stood = ledger.end(Topics.AUDIT_EVENT, 0);
    ledger.audits(5);
    LedgerFixture.get(
        ledger.admin.deleteRecords(Map.of(AUDIT, RecordsToDelete.beforeOffset(stood + 4))).all());

    // When
    LedgerParts parts = ledger.parts(ledger.ledger);
    ledger.start(parts);
    ledger.awaitAudits(5);

    // Then: the gap stands before what comes after it
    assertThat(ledger.types().subList(3, 5)).containsExactly("ledger.gap", "tool_call.succeeded");
    JsonNode gap = body("ledger.gap").get("details");
    assertThat(gap.get("kind").asString()).isEqualTo("expired");
    assertThat(gap.get("expected_offset").asLong()).isEqualTo(stood);
    assertThat(gap.get("resumed_offset").asLong()).isEqualTo(stood + 4);
    assertThat(ledger.verify().firstInvalid()).isNull();
    await().atMost(SOON).until(() -> parts.probe().check().up());
    assertThat(parts.probe().check().details()).containsKey("degraded");
  }

  @Test
  void shouldTellAndReadOnWhenATopicIsMadeAnewWhileItRuns() {
    // Given
    ledger.start();
    ledger.audits(3);
    ledger.awaitAudits(3);

    // When
    ledger.recreate(Topics.AUDIT_EVENT);
    List<UUID> after = ledger.audits(5);
    ledger.awaitAudits(3 + 1 + 5);

    // Then
    assertThat(ledger.types()).containsOnlyOnce("ledger.gap");
    assertThat(body("ledger.gap").at("/details/kind").asString()).isEqualTo("recreated");
    assertThat(ledger.auditIds()).containsAll(after).hasSize(9).doesNotHaveDuplicates();
    assertThat(ledger.verify().firstInvalid()).isNull();
  }

  @Test
  void shouldLoseNothingOfTheNewTopicWhenItAlreadyReachesBeyondWhereWeStood() {
    // Given
    LedgerSink sink = ledger.start();
    ledger.audits(3);
    ledger.awaitAudits(3);
    ledger.recreate(Topics.AUDIT_EVENT);
    sink.stop();
    ledger.position(Topics.AUDIT_EVENT, 0, "another-topic-id", 3);

    // When: the new topic has more than the old one ever had
    List<UUID> after = ledger.audits(50);
    ledger.start();
    ledger.awaitAudits(3 + 1 + 50);

    // Then
    assertThat(ledger.auditIds()).containsAll(after).doesNotHaveDuplicates();
    assertThat(ledger.verify().firstInvalid()).isNull();
  }

  @Test
  void shouldReadAgainAndDropWhatItHasWhenTheBrokerLostRecords() {
    // Given: the ledger has read further than the broker goes
    LedgerSink sink = ledger.start();
    List<UUID> said = ledger.audits(4);
    ledger.awaitAudits(4);
    sink.stop();
    long end = ledger.end(Topics.AUDIT_EVENT, 0);
    ledger.position(Topics.AUDIT_EVENT, 0, ledger.topicId(Topics.AUDIT_EVENT), end + 10);
    LedgerFixture.get(
        ledger.admin.deleteRecords(Map.of(AUDIT, RecordsToDelete.beforeOffset(end - 4))).all());

    // When
    ledger.start();
    List<UUID> after = ledger.audits(2);
    ledger.awaitAudits(4 + 1 + 2);

    // Then
    assertThat(ledger.auditIds())
        .containsAll(said)
        .containsAll(after)
        .hasSize(7)
        .doesNotHaveDuplicates();
    assertThat(body("ledger.gap").at("/details/kind").asString()).isEqualTo("truncated");
    assertThat(ledger.verify().firstInvalid()).isNull();
  }

  @Test
  void shouldTellWhenTheLogIsAnotherOneThanWasRead() {
    // Given: an epoch the broker's log does not have, as after a restore from an older copy
    LedgerSink sink = ledger.start();
    ledger.audits(4);
    ledger.awaitAudits(4);
    sink.stop();
    ledger
        .superuser
        .sql("update ledger.topic_position set leader_epoch = 99 where topic = 'syris.audit.event'")
        .update();

    // When
    ledger.start();
    List<UUID> after = ledger.audits(2);
    await().atMost(SOON).until(() -> ledger.auditIds().containsAll(after));

    // Then
    assertThat(body("ledger.gap").at("/details/kind").asString()).isEqualTo("truncated");
    assertThat(ledger.auditIds()).doesNotHaveDuplicates();
  }

  private JsonNode body(String type) {
    return Json.mapper()
        .readTree(
            ledger
                .owner
                .sql("select body from ledger.audit_event where type = :type")
                .param("type", type)
                .query(String.class)
                .single());
  }
}

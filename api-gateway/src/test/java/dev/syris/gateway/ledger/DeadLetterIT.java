package dev.syris.gateway.ledger;

import static dev.syris.gateway.ledger.LedgerFixture.SOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.id.TraceParent;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.topic.DeadLetterHeaders;
import dev.syris.contracts.topic.RawEventHeaders;
import dev.syris.contracts.topic.Topic;
import dev.syris.contracts.topic.Topics;
import dev.syris.gateway.ledger.artifact.DeadLetters;
import dev.syris.gateway.ledger.artifact.Redriven;
import dev.syris.platform.outbox.Outbox;
import dev.syris.platform.outbox.OutboxRecord;
import dev.syris.platform.outbox.PackedRecords;
import dev.syris.platform.time.Signal;
import dev.syris.testkit.WithBackends;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@WithBackends
class DeadLetterIT {

  private static final AuditActor OPERATOR = AuditActor.token("t1");

  private final LedgerFixture ledger = new LedgerFixture();
  private final DataSource gateway = LedgerFixture.plain(ledger.database.as("syris_gateway"));
  private final JdbcClient jdbc = JdbcClient.create(gateway);
  private final TransactionTemplate transaction =
      new TransactionTemplate(new JdbcTransactionManager(gateway));
  private final DeadLetters letters =
      new DeadLetters(
          ledger.deadLetters(ledger.ledger),
          new Outbox(jdbc, "gateway", new Signal()),
          new IdSource(InstantSource.system(), new SecureRandom()),
          InstantSource.system());

  @AfterEach
  void close() throws Exception {
    ledger.close();
  }

  @Test
  void shouldKeepWhereItLayAndWhy() {
    // Given
    UUID id = UUID.randomUUID();
    UUID trace = UUID.randomUUID();

    // When
    lay(id, trace, Topics.RAW_EVENT, "broken".getBytes(UTF_8));

    // Then
    var row = jdbc.sql("select * from api.dead_letter").query().singleRow();
    assertThat(row)
        .containsEntry("dead_letter_id", id)
        .containsEntry("trace_id", trace)
        .containsEntry("topic", Topics.RAW_EVENT.name())
        .containsEntry("partition", 2)
        .containsEntry("offset", 17L)
        .containsEntry("reason", "event.malformed")
        .containsEntry("error", "it is broken");
  }

  @Test
  void shouldSendTheSameBytesToTheSameTopicInTheSameTraceWhenDrivenAgain() {
    // Given
    UUID id = UUID.randomUUID();
    UUID trace = UUID.randomUUID();
    byte[] payload = {0, (byte) 0xff, '{'};
    lay(id, trace, Topics.RAW_EVENT, payload);

    // When
    Redriven redriven = transaction.execute(_ -> letters.redrive(id, OPERATOR));

    // Then
    assertThat(redriven).isInstanceOf(Redriven.Accepted.class);
    List<OutboxRecord> words = outbox().getFirst();
    assertThat(words.getFirst().topic()).isEqualTo(Topics.RAW_EVENT.name());
    assertThat(words.getFirst().key()).asString(UTF_8).isEqualTo("door");
    assertThat(words.getFirst().value()).isEqualTo(payload);
    assertThat(headers(words.getFirst()))
        .containsEntry(RawEventHeaders.EVENT_ID, "e1")
        .containsEntry(RawEventHeaders.TRACE_ID, trace.toString())
        .doesNotContainKeys(
            DeadLetterHeaders.ID, DeadLetterHeaders.REASON, DeadLetterHeaders.ERROR);
    assertThat(TraceParent.parse(headers(words.getFirst()).get(TraceParent.HEADER)))
        .hasValueSatisfying(found -> assertThat(found.value()).isEqualTo(trace));
    AuditEvent audit = Json.read(words.get(1).value(), AuditEvent.class);
    assertThat(audit.type()).isEqualTo("operator.action.dead_letter_redrive");
    assertThat(audit.traceId().value()).isEqualTo(trace);
    assertThat(audit.actor()).isEqualTo(OPERATOR);
    assertThat(audit.refs().get("dead_letter_id")).isEqualTo(id.toString());
  }

  @Test
  void shouldAuditEachTimeWhenDrivenTwice() {
    // Given
    UUID id = UUID.randomUUID();
    lay(id, UUID.randomUUID(), Topics.INBOX, "broken".getBytes(UTF_8));

    // When
    transaction.executeWithoutResult(_ -> letters.redrive(id, OPERATOR));
    transaction.executeWithoutResult(_ -> letters.redrive(id, OPERATOR));

    // Then
    assertThat(outbox())
        .hasSize(2)
        .extracting(words -> Json.read(words.get(1).value(), AuditEvent.class).auditId())
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldKeepATombstoneAsOne() {
    // Given
    UUID id = UUID.randomUUID();
    lay(id, null, Topics.INBOX, null);

    // When
    transaction.executeWithoutResult(_ -> letters.redrive(id, OPERATOR));

    // Then
    assertThat(outbox().getFirst().getFirst().value()).isNull();
    assertThat(jdbc.sql("select payload_ref from api.dead_letter").query(String.class).optional())
        .isEmpty();
  }

  @Test
  void shouldRefuseWhenThereIsNoneOrItsTopicIsNotOursToWrite() {
    // Given
    UUID id = UUID.randomUUID();
    lay(id, null, Topics.EVENT, "x".getBytes(UTF_8));

    // When
    Redriven unknown = transaction.execute(_ -> letters.redrive(UUID.randomUUID(), OPERATOR));
    Redriven refused = transaction.execute(_ -> letters.redrive(id, OPERATOR));

    // Then
    assertThat(unknown).isInstanceOf(Redriven.Unknown.class);
    assertThat(refused).isInstanceOf(Redriven.Refused.class);
    assertThat(outbox()).isEmpty();
  }

  @Test
  void shouldKeepOneArtifactWhenTheSameBytesComeOften() {
    // Given
    byte[] same = ("same " + UUID.randomUUID()).getBytes(UTF_8);

    // When
    lay(UUID.randomUUID(), null, Topics.INBOX, same);
    lay(UUID.randomUUID(), null, Topics.INBOX, same);

    // Then
    assertThat(ledger.count("ledger.dead_letter")).isEqualTo(2);
    assertThat(ledger.count("ledger.artifact")).isEqualTo(1);
  }

  private void lay(UUID id, UUID trace, Topic<?, ?> topic, byte[] payload) {
    var words = new ProducerRecord<>(Topics.DEAD_LETTER.name(), "door".getBytes(UTF_8), payload);
    header(words, RawEventHeaders.EVENT_ID, "e1");
    header(words, DeadLetterHeaders.ID, id.toString());
    header(words, DeadLetterHeaders.TOPIC, topic.name());
    header(words, DeadLetterHeaders.PARTITION, "2");
    header(words, DeadLetterHeaders.OFFSET, "17");
    header(words, DeadLetterHeaders.REASON, "event.malformed");
    header(words, DeadLetterHeaders.ERROR, "it is broken");
    if (trace != null) {
      header(words, DeadLetterHeaders.TRACE_ID, trace.toString());
    }
    long before = ledger.count("ledger.dead_letter");
    ledger.send(words);
    if (before == 0) {
      ledger.start();
    }
    await().atMost(SOON).until(() -> ledger.count("ledger.dead_letter") == before + 1);
  }

  private static void header(ProducerRecord<?, ?> words, String name, String value) {
    words.headers().add(name, value.getBytes(UTF_8));
  }

  private static Map<String, String> headers(OutboxRecord words) {
    return words.headers().stream()
        .collect(
            Collectors.toMap(
                OutboxRecord.Header::name, header -> new String(header.value(), UTF_8)));
  }

  private List<List<OutboxRecord>> outbox() {
    return jdbc.sql("select packed from gateway.outbox order by outbox_id")
        .query((row, _) -> PackedRecords.unpack(row.getBytes(1)))
        .list();
  }
}

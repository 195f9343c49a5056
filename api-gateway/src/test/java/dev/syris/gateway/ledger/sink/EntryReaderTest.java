package dev.syris.gateway.ledger.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.topic.DeadLetterHeaders;
import dev.syris.contracts.topic.Topics;
import dev.syris.gateway.ledger.artifact.DeadLetter;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryReaderTest {

  private static final long AT = 1_795_435_200_000L;

  private final RecordHeaders headers = new RecordHeaders();

  @ParameterizedTest
  @CsvSource({
    "syris.audit.event, audit.malformed",
    "syris.pipeline.event, event.malformed",
    "syris.pipeline.routing-decision, decision.malformed",
  })
  void shouldLayAsideATombstoneAndWhatIsNoJson(String topic, String reason) {
    assertThat(letter(topic, null).reason()).isEqualTo(reason);
    assertThat(letter(topic, "x".getBytes(UTF_8)).reason()).isEqualTo(reason);
  }

  @Test
  void shouldTakeTheCauseFromTheHeaders() {
    // Given
    UUID id = UUID.randomUUID();
    UUID trace = UUID.randomUUID();
    header(DeadLetterHeaders.ID, id.toString());
    header(DeadLetterHeaders.TOPIC, "syris.ingest.inbox");
    header(DeadLetterHeaders.PARTITION, "3");
    header(DeadLetterHeaders.OFFSET, "77");
    header(DeadLetterHeaders.REASON, "event.malformed");
    header(DeadLetterHeaders.ERROR, "no\u0000good");
    header(DeadLetterHeaders.TRACE_ID, trace.toString());
    header("own", "kept");

    // When
    DeadLetter letter = letter(Topics.DEAD_LETTER.name(), new byte[] {0});

    // Then
    assertThat(letter.deadLetterId()).isEqualTo(id);
    assertThat(letter.traceId()).isEqualTo(trace);
    assertThat(letter.topic()).isEqualTo("syris.ingest.inbox");
    assertThat(letter.partition()).isEqualTo(3);
    assertThat(letter.offset()).isEqualTo(77);
    assertThat(letter.error()).isEqualTo("no\ufffdgood");
    assertThat(letter.at()).isEqualTo(Instant.ofEpochMilli(AT));
    assertThat(letter.envelope().headers())
        .extracting(header -> header.name())
        .containsExactly(DeadLetterHeaders.TRACE_ID, "own");
  }

  @Test
  void shouldFillInWhatTheHeadersLack() {
    // Given
    header(DeadLetterHeaders.ID, "no id");
    header(DeadLetterHeaders.TRACE_ID, "no trace");
    header(DeadLetterHeaders.OFFSET, "far");

    // When
    DeadLetter letter = letter(Topics.DEAD_LETTER.name(), null);

    // Then
    assertThat(letter.topic()).isEqualTo(Topics.DEAD_LETTER.name());
    assertThat(letter.offset()).isEqualTo(5);
    assertThat(letter.traceId()).isNull();
    assertThat(letter.reason()).isEqualTo("unknown");
    assertThat(letter.deadLetterId())
        .isEqualTo(letter(Topics.DEAD_LETTER.name(), null).deadLetterId());
  }

  private void header(String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }

  private DeadLetter letter(String topic, byte[] value) {
    var source =
        new ConsumerRecord<byte[], byte[]>(
            topic,
            0,
            5,
            AT,
            TimestampType.LOG_APPEND_TIME,
            0,
            0,
            null,
            value,
            headers,
            Optional.empty());
    return ((Entry.OfDeadLetter) EntryReader.read(source)).letter();
  }
}

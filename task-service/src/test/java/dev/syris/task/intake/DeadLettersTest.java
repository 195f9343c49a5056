package dev.syris.task.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.topic.DeadLetterHeaders;
import dev.syris.platform.outbox.OutboxRecord;
import dev.syris.task.intake.RequestReading.Rejected;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void shouldKeepBytesAndHeadersAndSayWhereItLay() {
    // Given
    ConsumerRecord<byte[], byte[]> source = source(new byte[] {0, (byte) 0xff});
    source
        .headers()
        .add("x", new byte[] {1})
        .add("x", null)
        .add("traceparent", TRACE.getBytes(UTF_8));
    // When
    OutboxRecord letter =
        DeadLetters.of(source, new Rejected("tool_call.malformed", "no\u0000")).getFirst();
    // Then
    assertThat(letter.key()).isEqualTo(new byte[] {9});
    assertThat(letter.value()).isEqualTo(new byte[] {0, (byte) 0xff});
    assertThat(letter.headers()).filteredOn(header -> header.name().equals("x")).hasSize(2);
    assertThat(text(letter, DeadLetterHeaders.TOPIC)).isEqualTo("syris.tool.call");
    assertThat(text(letter, DeadLetterHeaders.PARTITION)).isEqualTo("3");
    assertThat(text(letter, DeadLetterHeaders.OFFSET)).isEqualTo("42");
    assertThat(text(letter, DeadLetterHeaders.REASON)).isEqualTo("tool_call.malformed");
    assertThat(text(letter, DeadLetterHeaders.ERROR)).isEqualTo("no\ufffd");
    assertThat(text(letter, DeadLetterHeaders.TRACE_ID))
        .isEqualTo("0af76519-16cd-43dd-8448-eb211c80319c");
  }

  @Test
  void shouldSayTheSameWhenTheRecordIsReadAgain() {
    // When
    List<OutboxRecord> first = DeadLetters.of(source(new byte[0]), new Rejected("a", "b"));
    List<OutboxRecord> again = DeadLetters.of(source(new byte[0]), new Rejected("a", "b"));
    // Then
    assertThat(text(first.getFirst(), DeadLetterHeaders.ID))
        .isEqualTo(text(again.getFirst(), DeadLetterHeaders.ID));
    AuditEvent audit = Json.read(first.getLast().value(), AuditEvent.class);
    assertThat(audit).isEqualTo(Json.read(again.getLast().value(), AuditEvent.class));
    assertThat(audit.type()).isEqualTo("event.rejected");
    assertThat(audit.refs().get("dead_letter_id"))
        .isEqualTo(text(first.getFirst(), DeadLetterHeaders.ID));
  }

  @Test
  void shouldLeaveBytesWhereTheyAreWhenTheyNoLongerFit() {
    // Given
    var value = new byte[OutboxRecord.MAX_BYTES];
    // When
    OutboxRecord letter = DeadLetters.of(source(value), new Rejected("a", "b")).getFirst();
    // Then
    assertThat(letter.value()).isEmpty();
    assertThat(Integer.parseInt(text(letter, DeadLetterHeaders.TRUNCATED_FROM)))
        .isGreaterThan(OutboxRecord.MAX_BYTES);
  }

  private static ConsumerRecord<byte[], byte[]> source(byte[] value) {
    return new ConsumerRecord<>(
        "syris.tool.call",
        3,
        42,
        1_700_000_000_000L,
        TimestampType.LOG_APPEND_TIME,
        1,
        value.length,
        new byte[] {9},
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  private static String text(OutboxRecord letter, String name) {
    return letter.headers().stream()
        .filter(header -> header.name().equals(name))
        .map(header -> new String(header.value(), UTF_8))
        .findFirst()
        .orElseThrow();
  }
}

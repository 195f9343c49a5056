package dev.syris.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.event.RawEventReader;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.id.TraceParent;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.topic.DeadLetterHeaders;
import dev.syris.contracts.topic.Headers;
import dev.syris.contracts.topic.RawEventHeaders;
import java.util.Arrays;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is bad becomes a dead letter with its cause, at both doors, and the next good one is
 * through.
 */
class BadRecordsTest {

  private static final String GOOD = PipelineTopologyTest.event("api", "curl", "\"text\":\"noop\"");

  private final PipelineFixture pipeline = new PipelineFixture();

  @AfterEach
  void close() {
    pipeline.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "no json",
        "{",
        "[]",
        "null",
        "7",
        "{}",
        "{\"channel\":\"api\"}",
        "{\"channel\":\"api\",\"channel\":\"api\",\"connector_id\":\"c\"}",
        "{\"channel\":\"nowhere\",\"connector_id\":\"c\"}",
        "{\"channel\":\"api\",\"connector_id\":\"c\",\"text\":\"\\u0000\"}",
        "{\"channel\":\"api\",\"connector_id\":\"c\",\"text\":\"\\ud800\"}",
        "{\"channel\":\"api\",\"connector_id\":7}",
        "{\"channel\":\"api\",\"connector_id\":\"c\",\"occurred_at\":\"99999-01-01T00:00:00Z\"}"
      })
  void shouldMakeADeadLetterOfABadValueAtBothDoors(String value) {
    // When
    pipeline.inbox(value).raw(value).inbox(GOOD);

    // Then
    assertThat(pipeline.deadLetters())
        .hasSize(2)
        .allSatisfy(
            letter -> {
              assertThat(letter.value()).isEqualTo(value.getBytes(UTF_8));
              assertThat(header(letter, DeadLetterHeaders.REASON)).startsWith("event.");
              assertThat(header(letter, DeadLetterHeaders.ERROR)).isNotBlank();
            });
    assertThat(pipeline.auditTypes())
        .containsExactly("event.rejected", "event.rejected", "event.ingested", "routing.decided");
  }

  @Test
  void shouldMakeADeadLetterOfATombstone() {
    // When
    pipeline.inbox(null, new RecordHeaders()).raw(null, pipeline.stamped());

    // Then
    assertThat(pipeline.deadLetters())
        .extracting(letter -> header(letter, DeadLetterHeaders.REASON))
        .containsExactly("event.empty", "event.empty");
  }

  @Test
  void shouldMakeADeadLetterOfDeepNestingAndOfTooMuch() {
    // Given
    String deep =
        "{\"channel\":\"api\",\"connector_id\":\"c\",\"x\":"
            + "[".repeat(10_000)
            + "]".repeat(10_000)
            + "}";
    byte[] large = new byte[RawEventReader.MAX_BYTES + 1];
    Arrays.fill(large, (byte) ' ');

    // When
    pipeline.inbox(deep).inbox(large, new RecordHeaders());

    // Then
    assertThat(pipeline.deadLetters())
        .extracting(letter -> header(letter, DeadLetterHeaders.REASON))
        .containsExactly("event.over_limit", "event.too_large");
  }

  @Test
  void shouldCutADeadLetterThatFitsIntoNoMessage() {
    // Given
    byte[] huge = new byte[9 * 1024 * 1024];

    // When
    pipeline.inbox(huge, new RecordHeaders());

    // Then
    TestRecord<byte[], byte[]> letter = pipeline.deadLetters().getFirst();
    assertThat(letter.value()).hasSize(256 * 1024);
    assertThat(header(letter, DeadLetterHeaders.TRUNCATED_FROM))
        .isEqualTo(Integer.toString(huge.length));
  }

  @Test
  void shouldRefuseAReservedChannelFromOutside() {
    // When
    pipeline.inbox("{\"channel\":\"scheduler\",\"connector_id\":\"timer\"}");

    // Then
    TestRecord<byte[], byte[]> letter = pipeline.deadLetters().getFirst();
    assertThat(header(letter, DeadLetterHeaders.REASON)).isEqualTo("event.invalid");
    assertThat(header(letter, DeadLetterHeaders.ERROR)).contains("reserved");
  }

  @Test
  void shouldRefuseAConnectorOnAnotherChannelThanItsOwn() {
    // When
    pipeline.inbox(PipelineTopologyTest.event("sms", "mail", "\"text\":\"noop\""));

    // Then
    assertThat(header(pipeline.deadLetters().getFirst(), DeadLetterHeaders.REASON))
        .isEqualTo("event.wrong_channel");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        RawEventHeaders.EVENT_ID,
        RawEventHeaders.TRACE_ID,
        RawEventHeaders.PARENT_EVENT_ID,
        RawEventHeaders.DEPTH
      })
  void shouldMakeADeadLetterOfABadStamp(String name) {
    // When
    pipeline.raw(GOOD, name, "-1");

    // Then
    TestRecord<byte[], byte[]> letter = pipeline.deadLetters().getFirst();
    assertThat(header(letter, DeadLetterHeaders.REASON)).isEqualTo("event.bad_header");
    assertThat(header(letter, DeadLetterHeaders.ERROR)).contains(name);
  }

  @Test
  void shouldMakeADeadLetterOfARawEventWithoutStamps() {
    // When
    pipeline.raw(GOOD.getBytes(UTF_8), new RecordHeaders());

    // Then
    assertThat(header(pipeline.deadLetters().getFirst(), DeadLetterHeaders.ERROR))
        .contains("is missing");
  }

  @Test
  void shouldTellARejectionInItsTrace() {
    // When
    pipeline.raw("broken");

    // Then
    TestRecord<byte[], byte[]> letter = pipeline.deadLetters().getFirst();
    AuditEvent audit = pipeline.audits().getFirst();
    assertThat(audit.traceId().value()).isEqualTo(PipelineFixture.traceId(1));
    assertThat(audit.refs().get("dead_letter_id")).isEqualTo(header(letter, DeadLetterHeaders.ID));
    assertThat(audit.refs().get("event_id")).isEqualTo(PipelineFixture.eventId(1).toString());
    assertThat(header(letter, DeadLetterHeaders.TRACE_ID)).isEqualTo(audit.traceId().toString());
    assertThat(header(letter, DeadLetterHeaders.TOPIC)).isEqualTo("syris.ingest.raw-event");
    assertThat(header(letter, DeadLetterHeaders.OFFSET)).isEqualTo("0");
  }

  @Test
  void shouldKeepATraceButNoClaimsOfABadInboxRecord() {
    // Given
    var trace = new TraceId(Uuids.named("a-trace"));
    var headers = new RecordHeaders();
    Headers.put(headers, TraceParent.HEADER, TraceParent.format(trace, trace.value()));
    Headers.put(headers, RawEventHeaders.GRANT, RawEventHeaders.GRANT_CONNECTOR);
    Headers.put(headers, RawEventHeaders.EVENT_ID, PipelineFixture.eventId(1).toString());
    Headers.put(headers, "x-own", "kept");

    // When
    pipeline.inbox("broken".getBytes(UTF_8), headers);

    // Then
    TestRecord<byte[], byte[]> letter = pipeline.deadLetters().getFirst();
    assertThat(header(letter, DeadLetterHeaders.TRACE_ID)).isEqualTo(trace.toString());
    assertThat(header(letter, "x-own")).isEqualTo("kept");
    assertThat(header(letter, RawEventHeaders.GRANT)).isNull();
    assertThat(pipeline.audits().getFirst().refs().get("event_id")).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 4_070_908_800_000L, Long.MAX_VALUE})
  void shouldTakeAnEventWhateverItsTimestamp(long timestamp) {
    // When
    pipeline.rawAt(GOOD.getBytes(UTF_8), pipeline.stamped(), timestamp);

    // Then
    assertThat(pipeline.events()).hasSize(1);
    assertThat(pipeline.auditTypes()).containsExactly("event.ingested", "routing.decided");
  }

  @Test
  void shouldSendARejectedMessageAgainWithoutCallingItARepeat() {
    // Given
    pipeline.raw(PipelineTopologyTest.event("api", "curl", "\"message_id\":\"m\",\"text\":1"));

    // When
    pipeline.raw(
        PipelineTopologyTest.event("api", "curl", "\"message_id\":\"m\",\"text\":\"noop\""));

    // Then
    assertThat(pipeline.events()).hasSize(1);
  }

  private static String header(TestRecord<byte[], byte[]> letter, String name) {
    return Headers.text(letter.headers(), name);
  }
}

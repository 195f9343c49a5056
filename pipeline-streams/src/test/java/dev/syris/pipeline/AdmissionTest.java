package dev.syris.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.event.Event;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.id.TraceParent;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.topic.Headers;
import dev.syris.contracts.topic.RawEventHeaders;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The inbox's way into the raw events. */
class AdmissionTest {

  private static final String TRACE = "0af76519-16cd-43dd-8448-eb211c80319c";

  private final PipelineFixture pipeline = new PipelineFixture();

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void shouldKeepTheBytesAndMakeIdsFromWhereTheRecordLies() {
    // Given
    String json =
        "{ \"channel\":\"mqtt\", \"connector_id\":\"sensor\", \"thread_id\":\"t\", \"more\": 1.0 }";

    // When
    pipeline.inbox(json);

    // Then
    TestRecord<String, byte[]> raw = pipeline.rawEvents().getFirst();
    String place = Long.toString(PipelineFixture.START.toEpochMilli());
    assertThat(raw.value()).isEqualTo(json.getBytes(UTF_8));
    assertThat(raw.key()).isEqualTo("6:sensor:t");
    assertThat(header(raw, RawEventHeaders.EVENT_ID))
        .isEqualTo(Uuids.named("inbox", "0", "0", place).toString());
    assertThat(header(raw, RawEventHeaders.TRACE_ID)).isNotBlank();
    assertThat(header(raw, RawEventHeaders.GRANT)).isNull();
    assertThat(pipeline.events()).hasSize(1);
  }

  @Test
  void shouldTakeTheTraceOfTheHeaderBeforeTheOneOfTheBody() {
    // Given
    var trace = new TraceId(Uuids.named("header"));
    var headers = new RecordHeaders();
    Headers.put(headers, TraceParent.HEADER, TraceParent.format(trace, trace.value()));
    byte[] json =
        PipelineTopologyTest.event("api", "curl", "\"trace_id\":\"" + TRACE + "\"").getBytes(UTF_8);

    // When
    pipeline.inbox(json, headers).inbox(json, new RecordHeaders());

    // Then
    assertThat(pipeline.events())
        .extracting(event -> event.value().traceId())
        .containsExactly(trace, TraceId.parse(TRACE));
  }

  @Test
  void shouldHonourNoClaimOfTheProducer() {
    // Given
    var headers = new RecordHeaders();
    Headers.put(headers, RawEventHeaders.EVENT_ID, TRACE);
    Headers.put(headers, RawEventHeaders.DEPTH, "99");
    Headers.put(headers, RawEventHeaders.PARENT_EVENT_ID, TRACE);
    Headers.put(headers, RawEventHeaders.GRANT, RawEventHeaders.GRANT_CONNECTOR);

    // When
    pipeline.inbox(
        PipelineTopologyTest.event("api", "quiet", "\"event_id\":\"" + TRACE + "\"")
            .getBytes(UTF_8),
        headers);

    // Then
    Event event = pipeline.events().getFirst().value();
    assertThat(event.eventId().toString()).isNotEqualTo(TRACE);
    assertThat(event.correlation().depth()).isZero();
    assertThat(event.correlation().parentEventId()).isNull();
    assertThat(header(pipeline.rawEvents().getFirst(), RawEventHeaders.GRANT)).isNull();
  }

  @Test
  void shouldGrantAConnectorItsScopesWhenItIsDeclaredViaKafka() {
    // When
    pipeline.inbox(PipelineTopologyTest.event("api", "garage", "\"text\":\"noop\""));

    // Then
    assertThat(pipeline.calls().getFirst().value().grantedScopes())
        .isEqualTo(List.of("door", "timer"));
  }

  @Test
  void shouldGrantAnUndeclaredConnectorTimerAndStatusOnly() {
    // When
    pipeline.inbox(PipelineTopologyTest.event("api", "anyone", "\"text\":\"noop\""));

    // Then
    assertThat(pipeline.calls().getFirst().value().grantedScopes())
        .isEqualTo(List.of("timer", "status"));
  }

  private static String header(TestRecord<?, ?> record, String name) {
    return Headers.text(record.headers(), name);
  }
}

package dev.syris.task.timer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.event.RawEventReader;
import dev.syris.contracts.event.RawEventReading;
import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TraceId;
import dev.syris.platform.outbox.OutboxRecord;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimerEventsTest {

  private static final UUID ID = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
  private static final TraceId TRACE = TraceId.parse("0af76519-16cd-43dd-8448-eb211c80319c");
  private static final EventId PARENT = EventId.parse("01890a5d-ac96-774b-bcce-b302099a8058");

  @Test
  void shouldSendAChildEventThatThePipelineTakes() {
    // When
    OutboxRecord said = TimerEvents.of(timer("tea", PARENT));
    // Then
    assertThat(said.topic()).isEqualTo("syris.ingest.raw-event");
    assertThat(new String(said.key(), UTF_8)).isEqualTo("timer");
    assertThat(new String(said.value(), UTF_8))
        .isEqualTo(
            "{\"channel\":\"scheduler\",\"connector_id\":\"timer\",\"message_id\":\""
                + ID
                + "\",\"occurred_at\":\"2026-01-01T00:00:05.000Z\",\"text\":\"tea\",\"structured\":{\"timer_id\":\""
                + ID
                + "\",\"label\":\"tea\",\"seconds\":5,\"due_at\":\"2026-01-01T00:00:05.000Z\"}}");
    assertThat(RawEventReader.read(said.value())).isInstanceOf(RawEventReading.Accepted.class);
    Map<String, String> headers =
        said.headers().stream()
            .collect(toMap(OutboxRecord.Header::name, it -> new String(it.value(), UTF_8)));
    assertThat(headers)
        .containsEntry("syris-trace-id", TRACE.toString())
        .containsEntry("syris-parent-event-id", PARENT.toString())
        .containsEntry("syris-depth", "3")
        .containsKey("syris-event-id")
        .doesNotContainKey("syris-grant");
    assertThat(headers.get("traceparent"))
        .startsWith("00-0af7651916cd43dd8448eb211c80319c-")
        .endsWith("-01");
  }

  @Test
  void shouldDoWithoutLabelAndParent() {
    // When
    OutboxRecord said = TimerEvents.of(timer(null, null));
    // Then
    assertThat(new String(said.value(), UTF_8))
        .contains("\"text\":\"The time of 5 seconds is up\"");
    assertThat(said.headers()).noneMatch(header -> header.name().equals("syris-parent-event-id"));
  }

  @ParameterizedTest
  @CsvSource({
    "1,1 second",
    "90,1 minute 30 seconds",
    "5400,1 hour 30 minutes",
    "31536000,365 days",
    "86401,1 day 1 second"
  })
  void shouldSayTimeAsPeopleDo(long seconds, String expected) {
    // When / Then
    assertThat(Spans.words(seconds)).isEqualTo(expected);
  }

  private static DueTimer timer(String label, EventId parent) {
    return new DueTimer(ID, TRACE, parent, 2, label, 5, Instant.parse("2026-01-01T00:00:05Z"));
  }
}

package dev.syris.pipeline.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.event.Actor;
import dev.syris.contracts.event.ActorType;
import dev.syris.contracts.event.Channel;
import dev.syris.contracts.event.Event;
import dev.syris.contracts.event.Locality;
import dev.syris.contracts.event.Sensitivity;
import dev.syris.contracts.id.EventId;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.Json;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTreeTest {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldSayWhatTheTopicSays(boolean whole) {
    // Given
    Event event =
        new Event(
            new EventId(Uuids.named("e")),
            1,
            Instant.parse("2026-11-23T10:00:00.5Z"),
            Instant.parse("2026-11-23T10:00:01Z"),
            new Event.Source(Channel.SMS, "c", whole ? "t" : null, whole ? "m" : null),
            new Actor(ActorType.USER, "u"),
            new Event.Content(
                whole ? "x" : null, Json.object().put("n", 1), List.of(), List.of("http://a/")),
            new Locality("UTC", "und", whole ? "d" : null),
            new Event.Correlation(
                new TraceId(Uuids.named("t")),
                whole ? new EventId(Uuids.named("p")) : null,
                whole ? "k" : null,
                2),
            new Event.Security(Sensitivity.LOW, "default"));

    // When / Then
    assertThat(Json.bytes(EventTree.of(event))).isEqualTo(Json.bytes(event));
  }
}

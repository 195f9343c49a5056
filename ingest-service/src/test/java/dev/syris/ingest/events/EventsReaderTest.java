package dev.syris.ingest.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.connector.ConnectorAuth;
import dev.syris.contracts.connector.Via;
import dev.syris.contracts.event.Channel;
import dev.syris.contracts.event.RawEventProblem;
import dev.syris.contracts.id.TraceId;
import dev.syris.ingest.http.Reading;
import dev.syris.ingest.http.Reading.Refused;
import dev.syris.ingest.http.Reading.Stimuli;
import dev.syris.ingest.intake.Stimulus;
import dev.syris.platform.config.ConnectorsProperties;
import dev.syris.platform.config.ConnectorsProperties.Connector;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventsReaderTest {

  private static final TraceId HEADER = TraceId.parse("0af76519-16cd-43dd-8448-eb211c80319c");
  private static final TraceId BODY = TraceId.parse("11111111-1111-4111-8111-111111111111");

  private final EventsReader reader =
      new EventsReader(
          new ConnectorsProperties(
              Map.of(
                  "token", connector(Channel.MQTT, ConnectorAuth.TOKEN, null, Via.HTTP),
                  "signed", connector(null, ConnectorAuth.GITHUB, "s", Via.HTTP),
                  "topic", connector(null, ConnectorAuth.TOKEN, null, Via.KAFKA))));

  @Test
  void shouldGiveTheVeryBytesOfASingleEvent() {
    // Given
    byte[] body = " {\"channel\":\"api\", \"connector_id\":\"c\"} ".getBytes(UTF_8);

    // When
    var stimuli = (Stimuli) reader.read(body, null);

    // Then
    assertThat(stimuli.array()).isFalse();
    assertThat(stimuli.stimuli()).singleElement().extracting(Stimulus::bytes).isSameAs(body);
  }

  @Test
  void shouldPreferTheHeadersTraceForOneEventAndIgnoreItForAnArray() {
    // Given
    String event = "{\"channel\":\"api\",\"connector_id\":\"c\",\"trace_id\":\"" + BODY + "\"}";

    // When / Then
    assertThat(trace(reader.read(event.getBytes(UTF_8), HEADER))).isEqualTo(HEADER);
    assertThat(trace(reader.read(event.getBytes(UTF_8), null))).isEqualTo(BODY);
    assertThat(trace(reader.read(("[" + event + "]").getBytes(UTF_8), HEADER))).isEqualTo(BODY);
    assertThat(
            trace(
                reader.read(
                    "[{\"channel\":\"api\",\"connector_id\":\"c\"}]".getBytes(UTF_8), HEADER)))
        .isNull();
  }

  @ParameterizedTest
  @CsvSource({"mqtt, token, true", "api, signed, false", "api, topic, false", "api, other, false"})
  void shouldGrantOnlyWhereATokenIsTheProof(String channel, String connector, boolean granted) {
    // Given
    byte[] body =
        "{\"channel\":\"%s\",\"connector_id\":\"%s\"}"
            .formatted(channel, connector)
            .getBytes(UTF_8);

    // When
    var stimuli = (Stimuli) reader.read(body, null);

    // Then
    assertThat(stimuli.stimuli().getFirst().granted()).isEqualTo(granted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          {"channel":"api","connector_id":"token"}                         | 422 | event.invalid        | /channel
          {"channel":"scheduler","connector_id":"c"}                       | 422 | event.invalid        | /channel
          [{"channel":"api","connector_id":"c"},7,{"channel":"api"}]       | 422 | event.invalid        | /1,/2/connector_id
          []                                                               | 422 | batch.empty          |
          7                                                                | 422 | field.type           |
          [{"channel":"api","connector_id":"c"},{"a":1,"a":2}]             | 400 | event.duplicate_name |
          [{"channel":"api","connector_id":"c"}                            | 400 | event.malformed      |
          {                                                                | 400 | event.malformed      |
          """)
  void shouldPointAtEachPlaceThatIsWrong(String body, int status, String code, String pointers) {
    // When
    var refused = (Refused) reader.read(body.getBytes(UTF_8), null);

    // Then
    assertThat(refused.type().status().value()).isEqualTo(status);
    assertThat(refused.code()).isEqualTo(code);
    assertThat(
            refused.problems().stream()
                .map(RawEventProblem::pointer)
                .filter(pointer -> !pointer.isEmpty()))
        .containsExactlyElementsOf(pointers == null ? List.of() : List.of(pointers.split(",")));
  }

  @Test
  void shouldTakeFiveHundredAndNotOneMore() {
    // Given
    String event = "{\"channel\":\"api\",\"connector_id\":\"c\"}";
    String most = event + ("," + event).repeat(499);

    // When / Then
    assertThat(((Stimuli) reader.read(("[" + most + "]").getBytes(UTF_8), null)).stimuli())
        .hasSize(500);
    assertThat(
            ((Refused) reader.read(("[" + most + "," + event + "]").getBytes(UTF_8), null)).code())
        .isEqualTo("batch.too_many");
  }

  @Test
  void shouldTellABoundedNumberOfProblems() {
    // Given
    String body = "[{}" + ",{}".repeat(400) + "]";

    // When / Then
    assertThat(((Refused) reader.read(body.getBytes(UTF_8), null)).problems()).hasSize(100);
  }

  private static TraceId trace(Reading reading) {
    return ((Stimuli) reading).stimuli().getFirst().trace();
  }

  private static Connector connector(Channel channel, ConnectorAuth auth, String secret, Via via) {
    return new Connector(channel, auth, secret, Set.of(via), List.of(), true);
  }
}

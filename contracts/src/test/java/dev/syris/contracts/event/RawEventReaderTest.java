package dev.syris.contracts.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.event.RawEventReading.Accepted;
import dev.syris.contracts.event.RawEventReading.Invalid;
import dev.syris.contracts.event.RawEventReading.Unparseable;
import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.Json;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawEventReaderTest {

  private static final String LEAST = "\"channel\":\"api\",\"connector_id\":\"curl\"";

  @Test
  void shouldReadEveryField() {
    // Given
    String json =
        """
        {"channel": "ha_event", "connector_id": "home", "message_id": "m-1", "thread_id": "t-1",
         "occurred_at": "2026-01-31T10:00:00.250+02:00", "actor": {"type": "user", "id": "ann"},
         "text": "set a timer for 10 minutes", "structured": {"state": {"on": true}, "n": 1.50},
         "context": {"timezone": "Europe/Berlin", "locale": "de-DE", "device_id": "phone"},
         "sensitivity": "high", "trace_id": "0af76519-16cd-43dd-8448-eb211c80319c", "later": [1, {"a": null}]}
        """;

    // When
    RawEventReading reading = RawEventReader.readPublic(json.getBytes(UTF_8));

    // Then
    assertThat(reading)
        .isEqualTo(
            new Accepted(
                new RawEvent(
                    Channel.HA_EVENT,
                    "home",
                    "m-1",
                    "t-1",
                    Instant.parse("2026-01-31T08:00:00.250Z"),
                    new Actor(ActorType.USER, "ann"),
                    "set a timer for 10 minutes",
                    Json.strict()
                        .readValue(
                            "{\"state\":{\"on\":true},\"n\":1.50}",
                            tools.jackson.databind.node.ObjectNode.class),
                    new Locality("Europe/Berlin", "de-DE", "phone"),
                    Sensitivity.HIGH,
                    TraceId.parse("0af76519-16cd-43dd-8448-eb211c80319c"))));
  }

  @Test
  void shouldTakeNullForAbsentWhenTheFieldIsOptional() {
    // Given
    String json =
        "{"
            + LEAST
            + ",\"text\":null,\"actor\":null,\"structured\":null,\"context\":{\"locale\":null}}";

    // When
    RawEventReading reading = RawEventReader.readPublic(json.getBytes(UTF_8));

    // Then
    assertThat(reading).isInstanceOf(Accepted.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          {}                                                         | field.required | /channel
          {"channel":"api"}                                          | field.required | /connector_id
          {"channel":null,"connector_id":"c"}                        | field.required | /channel
          {"channel":"fax","connector_id":"c"}                       | field.value    | /channel
          {"channel":"scheduler","connector_id":"c"}                 | field.reserved | /channel
          {"channel":7,"connector_id":"c"}                           | field.type     | /channel
          {"channel":"api","connector_id":" "}                       | field.length   | /connector_id
          {"channel":"api","connector_id":["c"]}                     | field.type     | /connector_id
          {"channel":"api","connector_id":"c","message_id":1}        | field.type     | /message_id
          {"channel":"api","connector_id":"c","text":{"a":1}}        | field.type     | /text
          {"channel":"api","connector_id":"c","structured":"x"}      | field.type     | /structured
          {"channel":"api","connector_id":"c","actor":{"id":"a"}}    | field.required | /actor/type
          {"channel":"api","connector_id":"c","actor":{"type":"x","id":"a"}} | field.value | /actor/type
          {"channel":"api","connector_id":"c","actor":true}          | field.type     | /actor
          {"channel":"api","connector_id":"c","context":[]}          | field.type     | /context
          {"channel":"api","connector_id":"c","context":{"timezone":"Mars/Base"}} | field.value | /context/timezone
          {"channel":"api","connector_id":"c","context":{"locale":"de_DE!"}} | field.value | /context/locale
          {"channel":"api","connector_id":"c","sensitivity":"secret"} | field.value   | /sensitivity
          {"channel":"api","connector_id":"c","trace_id":"1-1-1-1-1"} | field.value   | /trace_id
          {"channel":"api","connector_id":"c","trace_id":"00000000-0000-0000-0000-000000000000"} | field.value | /trace_id
          {"channel":"api","connector_id":"c","occurred_at":"yesterday"} | field.value | /occurred_at
          {"channel":"api","connector_id":"c","occurred_at":1700000000} | field.type  | /occurred_at
          {"channel":"api","connector_id":"c","occurred_at":"+12026-01-01T00:00:00Z"} | field.value | /occurred_at
          {"channel":"api","connector_id":"c","occurred_at":"0000-01-01T00:00:00Z"} | field.value | /occurred_at
          {"channel":"api","connector_id":"c","text":"a\\u0000b"}    | field.text     | /text
          {"channel":"api","connector_id":"c","text":"\\ud83d"}      | field.text     | /text
          {"channel":"api","connector_id":"c","text":"\\uDE00\\uD83D"} | field.text   | /text
          {"channel":"api","connector_id":"c","structured":{"a/b":["\\ud800"]}} | field.text | /structured/a~1b/0
          {"channel":"api","connector_id":"c","structured":{"x":{"\\u0000":1}}} | field.text | /structured/x
          {"channel":"api","connector_id":"c","unknown":"\\u0000"}   | field.text     | /unknown
          [{"channel":"api","connector_id":"c"}]                     | field.type     |
          "text"                                                     | field.type     |
          null                                                       | field.type     |
          """)
  void shouldPointAtTheFieldWhenItIsWrong(String json, String code, String pointer) {
    // When
    RawEventReading reading = RawEventReader.readPublic(json.getBytes(UTF_8));

    // Then
    assertThat(reading).isInstanceOf(Invalid.class);
    RawEventProblem first = ((Invalid) reading).problems().getFirst();
    assertThat(first.code()).isEqualTo(code);
    assertThat(first.pointer()).isEqualTo(pointer == null ? "" : pointer);
  }

  @Test
  void shouldTellEveryProblemWhenThereAreSeveral() {
    // Given
    byte[] json = "{\"connector_id\":\"\",\"text\":1,\"context\":{\"timezone\":2}}".getBytes(UTF_8);

    // When
    RawEventReading reading = RawEventReader.readPublic(json);

    // Then
    assertThat(((Invalid) reading).problems())
        .extracting(RawEventProblem::pointer)
        .containsExactly("/connector_id", "/text", "/context/timezone", "/channel");
    assertThat(((Invalid) reading).summary())
        .contains("/channel is required")
        .contains("; /text is a number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"scheduler", "rule_engine", "watcher"})
  void shouldTakeAReservedChannelWhenItIsOurs(String channel) {
    // Given
    byte[] json =
        "{\"channel\":\"%s\",\"connector_id\":\"timer\"}".formatted(channel).getBytes(UTF_8);

    // When
    RawEventReading reading = RawEventReader.read(json);

    // Then
    assertThat(reading).isInstanceOf(Accepted.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          {"channel":"api","channel":"sms","connector_id":"c"}       | event.duplicate_name
          {"channel":"api","connector_id":"c","x":{"a":1,"a":2}}     | event.duplicate_name
          {"channel":"api","connector_id":"c","structured":{"a":1,"\\u0061":2}} | event.duplicate_name
          {"channel":"api","connector_id":"c"} {}                    | event.malformed
          {"channel":"api","connector_id":"c"                        | event.malformed
          {'channel':'api'}                                          | event.malformed
          {"channel":"api","connector_id":"c","text":NaN}            | event.malformed
          {"channel":"api","connector_id":"c",}                      | event.malformed
          hello                                                      | event.malformed
          """)
  void shouldRefuseToParseWhenItIsNotStrictJson(String json, String code) {
    // When
    RawEventReading reading = RawEventReader.readPublic(json.getBytes(UTF_8));

    // Then
    assertThat(reading).isInstanceOf(Unparseable.class);
    assertThat(((Unparseable) reading).code()).isEqualTo(code);
  }

  @Test
  void shouldRefuseToParseWhenThereIsNothing() {
    assertThat(codeOf(null)).isEqualTo("event.empty");
    assertThat(codeOf(new byte[0])).isEqualTo("event.empty");
    assertThat(codeOf("  \n".getBytes(UTF_8))).isEqualTo("event.malformed");
  }

  @Test
  void shouldRefuseToParseWhenTheEncodingIsNotPlainUtf8() {
    assertThat(codeOf(("{" + LEAST + ",\"text\":\"é\"}").getBytes(ISO_8859_1)))
        .isEqualTo("event.bad_encoding");
    assertThat(codeOf(("{" + LEAST + "}").getBytes(UTF_16BE))).isEqualTo("event.bad_encoding");
    assertThat(codeOf(("\ufeff{" + LEAST + "}").getBytes(UTF_8))).isEqualTo("event.bad_encoding");
    assertThat(codeOf(("{" + LEAST + ",\"text\":\"\0\"}").getBytes(UTF_8)))
        .isEqualTo("event.bad_encoding");
    assertThat(codeOf(withText(0xed, 0xa0, 0x80))).isEqualTo("event.bad_encoding");
    assertThat(codeOf(withText(0xc0, 0xaf))).isEqualTo("event.bad_encoding");
    assertThat(codeOf(withText(0xf4, 0x90, 0x80, 0x80))).isEqualTo("event.bad_encoding");
    assertThat(codeOf(withText(0xe2, 0x82))).isEqualTo("event.bad_encoding");
  }

  @Test
  void shouldReadEveryCharacterUtf8CanSay() {
    // Given
    String text = "aé€😀\uffff\ufffd\u2028";

    // When
    RawEventReading reading =
        RawEventReader.readPublic(("{" + LEAST + ",\"text\":\"" + text + "\"}").getBytes(UTF_8));

    // Then
    assertThat(((Accepted) reading).event().text()).isEqualTo(text);
  }

  @Test
  void shouldReadAnEscapedPairAndAnEscapedBackslash() {
    // Given
    String json = "{" + LEAST + ",\"text\":\"\\ud83d\\ude00 \\\\u0000\"}";

    // When
    RawEventReading reading = RawEventReader.readPublic(json.getBytes(UTF_8));

    // Then
    assertThat(((Accepted) reading).event().text()).isEqualTo("😀 \\u0000");
  }

  @Test
  void shouldRefuseWhenItIsTooDeep() {
    assertThat(RawEventReader.readPublic(nested(Json.MAX_DEPTH))).isInstanceOf(Accepted.class);
    assertThat(codeOf(nested(Json.MAX_DEPTH + 1))).isEqualTo("event.over_limit");
    assertThat(codeOf(nested(10_000))).isEqualTo("event.over_limit");
  }

  @Test
  void shouldRefuseWhenItIsTooLarge() {
    assertThat(codeOf(ofSize(RawEventReader.MAX_BYTES))).isEqualTo("accepted");
    assertThat(codeOf(ofSize(RawEventReader.MAX_BYTES + 1))).isEqualTo("event.too_large");
  }

  @Test
  void shouldShowOnlyStorableTextWhenItComplains() {
    // Given
    String name = "\\u0000\\ud800" + "x".repeat(500);

    // When
    RawEventReading reading =
        RawEventReader.readPublic(("{\"" + name + "\":1,\"" + name + "\":2}").getBytes(UTF_8));

    // Then
    String summary = ((RawEventReading.Rejected) reading).summary();
    assertThat(dev.syris.contracts.json.StorableText.fault(summary)).isNull();
    assertThat(summary).hasSizeLessThan(300);
  }

  private static String codeOf(byte[] bytes) {
    return switch (RawEventReader.readPublic(bytes)) {
      case Accepted _ -> "accepted";
      case RawEventReading.Rejected rejected -> rejected.code();
    };
  }

  private static byte[] withText(int... octets) {
    byte[] json = ("{" + LEAST + ",\"text\":\"????\"}").getBytes(UTF_8);
    for (int i = 0; i < octets.length; i++) {
      json[json.length - 6 + i] = (byte) octets[i];
    }
    return json;
  }

  private static byte[] nested(int depth) {
    int inner = depth - 1;
    return ("{" + LEAST + ",\"x\":" + "[".repeat(inner) + "]".repeat(inner) + "}").getBytes(UTF_8);
  }

  private static byte[] ofSize(int size) {
    byte[] json = new byte[size];
    Arrays.fill(json, (byte) ' ');
    byte[] least = ("{" + LEAST + "}").getBytes(UTF_8);
    System.arraycopy(least, 0, json, 0, least.length);
    return json;
  }
}

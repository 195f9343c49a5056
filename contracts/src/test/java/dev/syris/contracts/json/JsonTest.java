package dev.syris.contracts.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.syris.contracts.event.Actor;
import dev.syris.contracts.event.ActorType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class JsonTest {

  record Sample(String someName, @Nullable Instant someTime, @Nullable Actor actor) {}

  @Test
  void shouldWriteSnakeCaseWithMillisecondsAndLeaveOutWhatIsAbsent() {
    // Given
    var sample = new Sample("x", Instant.parse("2026-01-31T08:00:00Z"), null);

    // When
    String json = new String(Json.bytes(sample), StandardCharsets.UTF_8);

    // Then
    assertThat(json).isEqualTo("{\"some_name\":\"x\",\"some_time\":\"2026-01-31T08:00:00.000Z\"}");
  }

  @Test
  void shouldIgnoreUnknownFieldsAndReadEnumsByTheirWireName() {
    // When
    Sample sample =
        read("{\"some_name\":\"x\",\"more\":1,\"actor\":{\"type\":\"integration\",\"id\":\"ha\"}}");

    // Then
    assertThat(sample.actor()).isEqualTo(new Actor(ActorType.INTEGRATION, "ha"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T08:00:00Z,2026-01-31T08:00:00Z",
    "2026-01-31T09:00:00.5+01:00,2026-01-31T08:00:00.500Z",
    "9999-12-31T23:59:59Z,9999-12-31T23:59:59Z"
  })
  void shouldReadTimesWithAnyOffset(String written, Instant meant) {
    assertThat(InstantCodec.parse(written)).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"yesterday\"",
        "1700000000",
        "\"2026-01-31\"",
        "\"+10000-01-01T00:00:00Z\"",
        "\"2026-02-30T00:00:00Z\""
      })
  void shouldRefuseWhatIsNoTime(String time) {
    assertThatExceptionOfType(JacksonException.class)
        .isThrownBy(() -> read("{\"some_name\":\"x\",\"some_time\":" + time + "}"));
  }

  @Test
  void shouldKeepEveryDigitOfANumber() {
    assertThat(Json.mapper().readTree("{\"a\":0.1000000000000000055511151231257827}").toString())
        .isEqualTo("{\"a\":0.1000000000000000055511151231257827}");
  }

  @Test
  void shouldRefuseDuplicateKeysWhenStrict() {
    assertThatExceptionOfType(JacksonException.class)
        .isThrownBy(() -> Json.strict().readTree("{\"a\":1,\"a\":2}"));
  }

  @Test
  void shouldRefuseWhatIsTooDeepWhenStrict() {
    String deep = "[".repeat(Json.MAX_DEPTH + 1) + "]".repeat(Json.MAX_DEPTH + 1);
    assertThatExceptionOfType(JacksonException.class)
        .isThrownBy(() -> Json.strict().readTree(deep));
  }

  private static Sample read(String json) {
    return Json.read(json.getBytes(StandardCharsets.UTF_8), Sample.class);
  }
}

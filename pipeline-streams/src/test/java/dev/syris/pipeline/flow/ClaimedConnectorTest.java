package dev.syris.pipeline.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.event.RawEventReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimedConnectorTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"connector_id\":\"greenhouse\"}",
        "{\"structured\":{\"connector_id\":\"other\"},\"connector_id\":\"greenhouse\"}",
        "{\"links\":[{\"connector_id\":\"other\"}],\"connector_id\":\"greenhouse\"}",
        "{\"channel\":\"nowhere\",\"connector_id\":\"greenhouse\",\"text\":7}",
        "{\"connector_id\":\"greenhouse\",\"text\":",
      })
  void shouldNameTheConnectorOfWhatCannotBeUsed(String value) {
    assertThat(ClaimedConnector.of(value.getBytes(UTF_8))).isEqualTo("greenhouse");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "[\"connector_id\"]",
        "{}",
        "{\"connector_id\":7}",
        "{\"connector_id\":\" \"}",
        "{\"connector_id\":\"a\\u0000b\"}",
        "{\"connector_id\":\"\\ud800\"}",
        "{\"structured\":{\"connector_id\":\"other\"}}",
        "{\"text\":,\"connector_id\":\"late\"}",
      })
  void shouldNameNoneWhereNoneCanBeRead(String value) {
    assertThat(ClaimedConnector.of(value.getBytes(UTF_8))).isNull();
  }

  @Test
  void shouldNameNoneThatIsTooLongAndReadNothingThatIsTooLarge() {
    String tooLong = "{\"connector_id\":\"%s\"}".formatted("x".repeat(129));
    String tooLarge =
        "{\"connector_id\":\"x\",\"text\":\"%s\"}".formatted("x".repeat(RawEventReader.MAX_BYTES));
    assertThat(ClaimedConnector.of(tooLong.getBytes(UTF_8))).isNull();
    assertThat(ClaimedConnector.of(tooLarge.getBytes(UTF_8))).isNull();
    assertThat(ClaimedConnector.of(null)).isNull();
    assertThat(ClaimedConnector.of(new byte[] {'{', '"', (byte) 0xff})).isNull();
  }
}

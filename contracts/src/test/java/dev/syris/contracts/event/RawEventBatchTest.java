package dev.syris.contracts.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.contracts.event.RawEventBatch.Split;
import dev.syris.contracts.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawEventBatchTest {

  @Test
  void shouldKeepTheBytesOfEachElement() {
    // Given
    String first = "{ \"a\" : \"é ]\", \"b\":[1, 2] }";
    String second = "{\"c\":1.50}";

    // When
    Split split =
        RawEventBatch.split(
            (" [ " + first + " ,\n" + second + ",7 , \"x\",true] ").getBytes(UTF_8), 5);

    // Then
    List<String> elements =
        ((Split.Elements) split)
            .bytes().stream().map(bytes -> new String(bytes, UTF_8).strip()).toList();
    assertThat(elements).containsExactly(first, second, "7", "\"x\"", "true");
  }

  @Test
  void shouldGiveNothingWhenTheArrayIsEmpty() {
    assertThat(RawEventBatch.split("[]".getBytes(UTF_8), 5))
        .isEqualTo(new Split.Elements(List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[1", "[1]]", "[1,]", "[{\"a\":1,\"a\":2}]", "\ufeff[]"})
  void shouldFailWhenItIsNoArray(String json) {
    assertThat(RawEventBatch.split(json.getBytes(UTF_8), 5)).isInstanceOf(Split.Failed.class);
  }

  @Test
  void shouldStopWhenThereAreTooMany() {
    assertThat(RawEventBatch.split("[1,2,3]".getBytes(UTF_8), 3))
        .isInstanceOf(Split.Elements.class);
    assertThat(RawEventBatch.split("[1,2,3,4]".getBytes(UTF_8), 3)).isEqualTo(new Split.TooMany(3));
  }

  @Test
  void shouldTakeAnElementAsDeepAsAnEventAlone() {
    // Given
    String deep = "{\"a\":".repeat(Json.MAX_DEPTH) + "1" + "}".repeat(Json.MAX_DEPTH);

    // When
    Split split = RawEventBatch.split(("[" + deep + "]").getBytes(UTF_8), 5);

    // Then
    assertThat(split).isInstanceOf(Split.Elements.class);
    assertThat(RawEventBatch.split(("[{\"a\":" + deep + "}]").getBytes(UTF_8), 5))
        .isInstanceOf(Split.Failed.class);
  }

  @Test
  void shouldTellAnArrayByItsFirstCharacter() {
    assertThat(RawEventBatch.isArray(" \n[".getBytes(UTF_8))).isTrue();
    assertThat(RawEventBatch.isArray("{".getBytes(UTF_8))).isFalse();
    assertThat(RawEventBatch.isArray(new byte[0])).isFalse();
  }
}

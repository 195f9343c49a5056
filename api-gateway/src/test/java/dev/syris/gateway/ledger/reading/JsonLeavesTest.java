package dev.syris.gateway.ledger.reading;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLeavesTest {

  private final JsonLeaves leaves = new JsonLeaves(List.of("a", "b.c", "b.d"));

  @Test
  void shouldFindLeavesWhereverTheyAreAndPassOverTheRest() throws Exception {
    // Given
    String json =
        "{\"x\":{\"a\":[{\"a\":1}]},\"b\":{\"x\":{\"c\":0},\"d\":12,\"c\":\"\ufffd\"},\"a\":\"1\"}";

    // When
    Leaves found = leaves.in(json.getBytes(UTF_8));

    // Then
    assertThat(found.text("a")).isEqualTo("1");
    assertThat(found.text("b.c")).isEqualTo("\ufffd");
    assertThat(found.number("b.d")).isEqualTo(12);
  }

  @Test
  void shouldTellNullFromNothing() throws Exception {
    // When
    Leaves found = leaves.in("{\"a\":null,\"b\":null}".getBytes(UTF_8));

    // Then
    assertThat(found.has("a")).isTrue();
    assertThat(found.textOrNull("a")).isNull();
    assertThat(found.has("b.c")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        " {}",
        "[]",
        "null",
        "{} {}",
        "{}x",
        "{\"a\":1,}",
        "{\"a\":\"1\",\"a\":\"1\"}",
        "{\"b\":{},\"b\":{}}",
        "{\"b\":1}",
        "{\"a\":[]}",
        "{\"x\":\"\u0000\"}",
        "{\"x\":NaN}",
        "\ufeff{}",
      })
  void shouldRefuseWhatIsNotOnePlainObject(String json) {
    assertThatThrownBy(() -> leaves.in(json.getBytes(UTF_8)))
        .isInstanceOf(MalformedRecordException.class);
  }

  @Test
  void shouldRefuseOtherEncodings() {
    for (byte[] bytes :
        List.of(
            "{\"a\":\"1\"}".getBytes(UTF_16),
            "{\"a\":\"1\"}".getBytes(java.nio.charset.StandardCharsets.UTF_16LE),
            new byte[] {
              '{', '"', 'x', '"', ':', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', '}'
            },
            new byte[] {'{', '"', 'x', '"', ':', '"', (byte) 0xc0, (byte) 0xaf, '"', '}'})) {
      assertThatThrownBy(() -> leaves.in(bytes)).isInstanceOf(MalformedRecordException.class);
    }
  }

  @Test
  void shouldRefuseWhatIsNestedWithoutEnd() {
    assertThatThrownBy(() -> leaves.in(("{\"x\":" + "[".repeat(100_000)).getBytes(UTF_8)))
        .isInstanceOf(MalformedRecordException.class);
  }
}

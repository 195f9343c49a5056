package dev.syris.rules.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.syris.contracts.json.Json;
import dev.syris.rules.problem.Parsed.Bad;
import dev.syris.rules.problem.Parsed.Good;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

class FieldPathTest {

  private static final JsonNode DOCUMENT =
      Json.strict()
          .readTree(
              """
              {"a": {"b": [10, {"c": "deep"}], "0": "named", "n": null, "front door": true}, "é": 1, "$x": 2}
              """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          a.b.0          | 10
          a.b.1.c        | "deep"
          a.0            | "named"
          a.n            | null
          a.front door   | true
          é              | 1
          $x             | 2
          """)
  void shouldFindWhatIsThere(String path, String found) {
    // Given
    FieldPath parsed = parse(path);

    // When
    JsonNode node = parsed.find(DOCUMENT);

    // Then
    assertThat(node).isEqualTo(Json.strict().readTree(found));
    assertThat(parsed).hasToString(path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          x              | the document has no "x"
          a.x.y          | a has no "x"
          a.b.2          | a.b is a list of 2
          a.b.00         | a.b is a list of 2
          a.b.01         | a.b is a list of 2
          a.b.-1         | a.b is a list of 2
          a.b.+1         | a.b is a list of 2
          a.b.１         | a.b is a list of 2
          a.b.length     | a.b is a list of 2
          a.b.9999999999 | a.b is a list of 2
          a.b.0.x        | a.b.0 is a number
          a.b.1.c.x      | a.b.1.c is a string
          a.n.x          | a.n is null
          a.front door.x | a.front door is a boolean
          """)
  void shouldTellWhereItGotLostWhenThereIsNothing(String path, String lost) {
    // Given
    FieldPath parsed = parse(path);

    // When
    JsonNode node = parsed.find(DOCUMENT);

    // Then
    assertThat(node).isNull();
    assertThat(parsed.lostIn(DOCUMENT)).isEqualTo(lost);
  }

  @Test
  void shouldFindNothingInNoDocument() {
    // Given
    FieldPath path = parse("a");

    // When
    JsonNode found = path.find(MissingNode.getInstance());

    // Then
    assertThat(found).isNull();
  }

  @Test
  void shouldTakeTenSegmentsAndNoMore() {
    assertThat(FieldPath.parse("a.b.c.d.e.f.g.h.i.j")).isInstanceOf(Good.class);
    assertThat(message("a.b.c.d.e.f.g.h.i.j.k")).isEqualTo("has 11 segments; at most 10 are taken");
  }

  @Test
  void shouldSayWhatIsWrongWhenItIsNoPath() {
    assertThat(message("")).startsWith("is empty");
    assertThat(message("a..b")).contains("\"a..b\" has an empty segment");
    assertThat(message(".a")).contains("empty segment");
    assertThat(message("a.")).contains("empty segment");
    assertThat(message(" a")).contains("blanks");
    assertThat(message("a. b")).contains("blanks");
    assertThat(message("a{b")).contains("brace");
    assertThat(message("a}")).contains("brace");
    assertThat(message("a\tb")).contains("can't be printed");
    assertThat(message("a\u00a0b")).contains("can't be printed");
    assertThat(message("a\u202eb")).contains("can't be printed");
    assertThat(message("a\u0000")).contains("can't be printed").doesNotContain("\u0000");
    assertThat(message("\ud800")).contains("can't be printed").doesNotContain("\ud800");
    assertThat(message("x".repeat(513))).isEqualTo("has 513 characters; at most 512 are taken");
    assertThat(message(".".repeat(1_000_000))).contains("at most 512");
  }

  @Test
  void shouldNotBeMadeOfWhatIsNoPath() {
    assertThatIllegalArgumentException().isThrownBy(() -> new FieldPath(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new FieldPath(List.of("a.b")));
    assertThatIllegalArgumentException().isThrownBy(() -> new FieldPath(List.of("a", "")));
  }

  private static FieldPath parse(String path) {
    return ((Good<FieldPath>) FieldPath.parse(path)).value();
  }

  private static String message(String path) {
    return ((Bad<FieldPath>) FieldPath.parse(path)).message();
  }
}

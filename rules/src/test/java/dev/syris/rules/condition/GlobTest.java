package dev.syris.rules.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.syris.rules.problem.Parsed.Bad;
import dev.syris.rules.problem.Parsed.Good;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      nullValues = "EMPTY",
      textBlock =
          """
          EMPTY       | EMPTY     | true
          EMPTY       | a         | false
          *           | EMPTY     | true
          ?           | EMPTY     | false
          **          | abc       | true
          *a*b*       | xaybz     | true
          *a*b*       | xbyaz     | false
          a?c         | abc       | true
          a?c         | ac        | false
          a*c         | ac        | true
          a*c         | abcb      | false
          [abc]x      | bx        | true
          [a-c]x      | cx        | true
          [a-c]x      | dx        | false
          [!a-c]x     | dx        | true
          [^a-c]x     | dx        | true
          [!a-c]x     | ax        | false
          []]         | ]         | true
          [!]]        | ]         | false
          [!]]        | a         | true
          [a-]        | -         | true
          [-a]        | -         | true
          [*]         | *         | true
          [*]         | a         | false
          [?][[]      | ?[        | true
          [a!]        | !         | true
          a]          | a]        | true
          a.c         | abc       | false
          a.c         | a.c       | true
          \\d          | \\d        | true
          \\d          | 5         | false
          (a)+        | a         | false
          A           | a         | false
          ?           | 😀        | true
          [😀-😂]     | 😁        | true
          [!😀]       | 😁        | true
          """)
  void shouldMatchAWholeText(String pattern, String text, boolean matches) {
    // Given
    Glob glob = glob(pattern == null ? "" : pattern);

    // When
    boolean matched = glob.matches(text == null ? "" : text);

    // Then
    assertThat(matched).isEqualTo(matches);
  }

  @Test
  void shouldMatchAcrossTheWordsOfItsState() {
    // Given
    Glob glob = glob("?".repeat(62) + "ab*" + "c".repeat(60) + "[d]" + "e".repeat(70));

    // When
    boolean matched = glob.matches("x".repeat(62) + "ab" + "c".repeat(90) + "d" + "e".repeat(70));

    // Then
    assertThat(matched).isTrue();
    assertThat(glob.matches("x".repeat(62) + "ab" + "c".repeat(59) + "d" + "e".repeat(70)))
        .isFalse();
  }

  @Test
  void shouldMatchPatternsOfExactlyAWord() {
    for (int length : new int[] {63, 64, 65, 127, 128, 192, 255, 256}) {
      assertThat(glob("a".repeat(length)).matches("a".repeat(length))).isTrue();
      assertThat(glob("a".repeat(length)).matches("a".repeat(length - 1))).isFalse();
      assertThat(glob("a".repeat(length)).matches("a".repeat(length + 1))).isFalse();
    }
  }

  @Test
  void shouldTakeTimeInProportionToTheTextWhenAPatternIsHostile() {
    // Given
    Glob manyStars = glob("*a".repeat(120) + "b");
    Glob longTail = glob("*" + "a".repeat(254) + "b");
    String text = "a".repeat(1 << 20);

    // When
    boolean matched =
        assertTimeoutPreemptively(
            Duration.ofSeconds(5), () -> manyStars.matches(text) || longTail.matches(text));

    // Then
    assertThat(matched).isFalse();
  }

  @Test
  void shouldSayWhatIsWrongWhenItIsNoPattern() {
    assertThat(message("a[bc")).contains("[ without its ]");
    assertThat(message("[")).contains("[ without its ]");
    assertThat(message("[]")).contains("[ without its ]");
    assertThat(message("[!]")).contains("[ without its ]");
    assertThat(message("[z-a]")).contains("the range z-a").contains("turn it round");
    assertThat(message("x".repeat(257))).isEqualTo("has 257 characters; a pattern has at most 256");
    assertThat(message("[".repeat(100_000))).contains("at most 256");
  }

  private static Glob glob(String pattern) {
    return ((Good<Glob>) Glob.parse(pattern)).value();
  }

  private static String message(String pattern) {
    return ((Bad<Glob>) Glob.parse(pattern)).message();
  }
}

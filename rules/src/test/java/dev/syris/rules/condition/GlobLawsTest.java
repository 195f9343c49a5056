package dev.syris.rules.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syris.rules.problem.Parsed.Bad;
import dev.syris.rules.problem.Parsed.Good;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class GlobLawsTest {

  @Property(tries = 5000)
  void matchesWhatTryingEverythingMatches(
      @ForAll("patterns") String pattern,
      @ForAll @Chars({'a', 'b', 'c', ']'}) @StringLength(max = 8) String text) {
    Assume.that(Glob.parse(pattern) instanceof Good);

    assertThat(glob(pattern).matches(text)).isEqualTo(naively(pattern, text));
  }

  @Property
  void takesEveryTextWhenTheTextIsQuoted(@ForAll @StringLength(max = 60) String text) {
    var quoted = new StringBuilder();
    text.codePoints()
        .forEach(
            c ->
                quoted.append(
                    "*?[".indexOf(c) >= 0 ? "[" + (char) c + "]" : Character.toString(c)));

    assertThat(glob(quoted.toString()).matches(text)).isTrue();
    assertThat(glob(quoted.toString()).matches(text + "x")).isFalse();
  }

  @Property
  void neverThrows(@ForAll @StringLength(max = 40) String pattern, @ForAll String text) {
    switch (Glob.parse(pattern)) {
      case Good<Glob>(Glob glob) -> glob.matches(text);
      case Bad<Glob>(String message) -> assertThat(message).isNotBlank();
    }
  }

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.of("a", "b", "*", "?", "[", "]", "!", "-", "[ab]", "[!a]", "[a-b]", "[]c]")
        .list()
        .ofMaxSize(7)
        .map(parts -> String.join("", parts));
  }

  /** As slow as can be, and as plain. */
  private static boolean naively(String pattern, String text) {
    if (pattern.isEmpty()) {
      return text.isEmpty();
    }
    if (pattern.charAt(0) == '*') {
      return naively(pattern.substring(1), text)
          || (!text.isEmpty() && naively(pattern, text.substring(1)));
    }
    if (text.isEmpty()) {
      return false;
    }
    int end = pattern.charAt(0) == '[' ? endOfSet(pattern) : 0;
    boolean taken =
        switch (pattern.charAt(0)) {
          case '?' -> true;
          case '[' -> inSet(pattern.substring(1, end), text.charAt(0));
          default -> pattern.charAt(0) == text.charAt(0);
        };
    return taken && naively(pattern.substring(end + 1), text.substring(1));
  }

  private static int endOfSet(String pattern) {
    return pattern.indexOf(']', pattern.startsWith("[!") ? 3 : 2);
  }

  private static boolean inSet(String set, char c) {
    boolean negated = set.startsWith("!");
    boolean found = false;
    int at = negated ? 1 : 0;
    while (at < set.length()) {
      boolean range = at + 2 < set.length() && set.charAt(at + 1) == '-';
      char to = set.charAt(range ? at + 2 : at);
      found |= set.charAt(at) <= c && c <= to;
      at += range ? 3 : 1;
    }
    return found != negated;
  }

  private static Glob glob(String pattern) {
    return ((Good<Glob>) Glob.parse(pattern)).value();
  }
}

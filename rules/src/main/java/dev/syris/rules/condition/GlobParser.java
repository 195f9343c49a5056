package dev.syris.rules.condition;

import dev.syris.rules.condition.CharSet.Range;
import dev.syris.rules.problem.Parsed;
import dev.syris.rules.problem.Parsed.Bad;
import dev.syris.rules.problem.Parsed.Good;
import dev.syris.rules.problem.Shown;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes one pattern apart. */
final class GlobParser {

  private final String pattern;
  private final int[] code;
  private final List<CharSet> places = new ArrayList<>();
  private final BitSet stars = new BitSet();

  GlobParser(String pattern) {
    this.pattern = pattern;
    this.code = pattern.codePoints().toArray();
  }

  Parsed<Glob> parse() {
    if (code.length > Glob.MAX_LENGTH) {
      return new Bad<>(
          "has %d characters; a pattern has at most %d".formatted(code.length, Glob.MAX_LENGTH));
    }
    int at = 0;
    while (at < code.length) {
      if (code[at] == '[') {
        int end = endOfSet(at);
        String fault = fault(at, end);
        if (fault != null) {
          return new Bad<>(Shown.text(pattern) + fault);
        }
        places.add(set(at, end));
        at = end + 1;
      } else {
        add(code[at]);
        at++;
      }
    }
    return new Good<>(new Glob(pattern, places, stars));
  }

  private void add(int c) {
    if (c == '*') {
      stars.set(places.size());
    } else {
      places.add(c == '?' ? CharSet.ALL : CharSet.of(c));
    }
  }

  private @Nullable String fault(int start, int end) {
    if (end < 0) {
      return " has a [ without its ]; write [[] where a [ itself is meant";
    }
    return set(start, end).ranges().stream()
        .filter(Range::isEmpty)
        .findFirst()
        .map(range -> " has the range %s, which holds nothing; turn it round".formatted(range))
        .orElse(null);
  }

  /** Where the set that begins here ends. A ] that comes first belongs to it, as in every shell. */
  private int endOfSet(int start) {
    for (int i = firstOf(start) + 1; i < code.length; i++) {
      if (code[i] == ']') {
        return i;
      }
    }
    return -1;
  }

  private CharSet set(int start, int end) {
    var ranges = new ArrayList<Range>();
    int at = firstOf(start);
    boolean negated = at > start + 1;
    while (at < end) {
      boolean range = at + 2 < end && code[at + 1] == '-';
      ranges.add(range ? new Range(code[at], code[at + 2]) : Range.of(code[at]));
      at += range ? 3 : 1;
    }
    return new CharSet(ranges, negated);
  }

  private int firstOf(int start) {
    boolean negated = start + 1 < code.length && (code[start + 1] == '!' || code[start + 1] == '^');
    return negated ? start + 2 : start + 1;
  }
}

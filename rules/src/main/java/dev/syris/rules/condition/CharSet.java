package dev.syris.rules.condition;

import java.util.List;

/** Characters (code points) one place of a glob takes. */
record CharSet(List<Range> ranges, boolean negated) {

  static final CharSet ALL = new CharSet(List.of(), true);

  CharSet {
    ranges = List.copyOf(ranges);
  }

  /** Both ends are in it. */
  record Range(int from, int to) {

    static Range of(int codePoint) {
      return new Range(codePoint, codePoint);
    }

    boolean isEmpty() {
      return from > to;
    }

    @Override
    public String toString() {
      return Character.toString(from) + '-' + Character.toString(to);
    }
  }

  static CharSet of(int codePoint) {
    return new CharSet(List.of(Range.of(codePoint)), false);
  }

  boolean holds(int codePoint) {
    for (Range range : ranges) {
      if (range.from <= codePoint && codePoint <= range.to) {
        return !negated;
      }
    }
    return negated;
  }
}

package dev.syris.pipeline.fastpath;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** English number words up to the tens. */
final class NumberWords {

  private static final List<String> SMALL =
      List.of(
          "zero",
          "one",
          "two",
          "three",
          "four",
          "five",
          "six",
          "seven",
          "eight",
          "nine",
          "ten",
          "eleven",
          "twelve",
          "thirteen",
          "fourteen",
          "fifteen",
          "sixteen",
          "seventeen",
          "eighteen",
          "nineteen");
  private static final List<String> TENS =
      List.of("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
  private static final Map<String, Integer> VALUES = values();

  private NumberWords() {}

  static @Nullable Integer of(String word) {
    return VALUES.get(word);
  }

  private static Map<String, Integer> values() {
    var values = new HashMap<String, Integer>();
    for (int i = 0; i < SMALL.size(); i++) {
      values.put(SMALL.get(i), i);
    }
    for (int i = 0; i < TENS.size(); i++) {
      values.put(TENS.get(i), 20 + 10 * i);
    }
    return Map.copyOf(values);
  }
}

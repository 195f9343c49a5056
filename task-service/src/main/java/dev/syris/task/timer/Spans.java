package dev.syris.task.timer;

import java.util.ArrayList;

/** Lengths of time as people say them. */
final class Spans {

  private Spans() {}

  /** Such as {@code 1 hour 30 minutes}. */
  static String words(long seconds) {
    var words = new ArrayList<String>();
    add(words, seconds / 86_400, "day");
    add(words, seconds / 3_600 % 24, "hour");
    add(words, seconds / 60 % 60, "minute");
    add(words, seconds % 60, "second");
    return String.join(" ", words);
  }

  private static void add(ArrayList<String> words, long count, String unit) {
    if (count > 0) {
      words.add(count + " " + unit + (count == 1 ? "" : "s"));
    }
  }
}

package dev.syris.pipeline.fastpath;

import java.util.ArrayList;
import java.util.List;

/**
 * Words to the parts a time of day is made of: runs of digits, words, {@code :}. Hyphens part
 * words, but are kept beside a digit, where they would make a number negative or a range. Pure.
 */
final class TimeLexer {

  /** More than {@code tomorrow at twenty-five minutes to twenty-three o'clock p.m.} has. */
  private static final int MAX_PARTS = 12;

  private TimeLexer() {}

  /** The parts; an empty list where there are too many. */
  static List<String> lex(List<Token> tokens) {
    var parts = new ArrayList<String>();
    for (Token token : tokens) {
      split(token.form(), parts);
      if (parts.size() > MAX_PARTS) {
        return List.of();
      }
    }
    return parts;
  }

  /** Whether a part is a number in digits. */
  static boolean digits(String part) {
    return digit(part.charAt(0));
  }

  private static void split(String form, List<String> parts) {
    int start = 0;
    while (start < form.length()) {
      int end = end(form, start);
      if (form.charAt(start) != '-' || besideDigit(form, start)) {
        parts.add(form.substring(start, end));
      }
      start = end;
    }
  }

  private static int end(String form, int start) {
    char first = form.charAt(start);
    int end = start + 1;
    while (end < form.length()
        && !mark(first)
        && !mark(form.charAt(end))
        && digit(first) == digit(form.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean besideDigit(String form, int at) {
    return (at > 0 && digit(form.charAt(at - 1)))
        || (at + 1 < form.length() && digit(form.charAt(at + 1)));
  }

  private static boolean mark(char c) {
    return c == ':' || c == '-';
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }
}

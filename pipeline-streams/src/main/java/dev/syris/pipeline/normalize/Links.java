package dev.syris.pipeline.normalize;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the http and https addresses in a text, in order, each once, in one pass. Pure. */
final class Links {

  /** Bounds what an event may grow by. */
  static final int MAX_LINKS = 50;

  static final int MAX_LENGTH = 2048;

  private static final String TRAILING = ".,;:!?'\"*_~";

  private Links() {}

  static List<String> in(@Nullable String text) {
    if (text == null || !text.contains("://")) {
      return List.of();
    }
    var links = new ArrayList<String>();
    int from = 0;
    while (links.size() < MAX_LINKS) {
      int colon = text.indexOf("://", from);
      if (colon < 0) {
        break;
      }
      int end = end(text, colon + 3);
      int start = start(text, colon);
      if (start >= from && end > colon + 3 && end - start <= MAX_LENGTH) {
        String link = text.substring(start, end);
        if (!links.contains(link)) {
          links.add(link);
        }
      }
      from = Math.max(end, colon + 3);
    }
    return List.copyOf(links);
  }

  /** Where the scheme begins; -1 where it is neither http nor https, or part of a longer word. */
  private static int start(String text, int colon) {
    for (String scheme : List.of("https", "http")) {
      int start = colon - scheme.length();
      if (start >= 0 && text.regionMatches(true, start, scheme, 0, scheme.length())) {
        boolean wordBefore = start > 0 && Character.isLetterOrDigit(text.charAt(start - 1));
        return wordBefore ? -1 : start;
      }
    }
    return -1;
  }

  private static int end(String text, int from) {
    int end = from;
    while (end < text.length() && belongs(text.charAt(end))) {
      end++;
    }
    while (end > from && dropped(text, from, end)) {
      end--;
    }
    return end;
  }

  private static boolean belongs(char c) {
    return c > ' '
        && c != '<'
        && c != '>'
        && c != '"'
        && c != '`'
        && c != '\u007f'
        && !Character.isSpaceChar(c)
        && !Character.isISOControl(c);
  }

  /**
   * Whether the last character is the sentence's, not the address's: punctuation, or a bracket
   * opened before it.
   */
  private static boolean dropped(String text, int from, int end) {
    char last = text.charAt(end - 1);
    return switch (last) {
      case ')' -> closesMore(text, from, end, '(', ')');
      case ']' -> closesMore(text, from, end, '[', ']');
      case '}' -> closesMore(text, from, end, '{', '}');
      default -> TRAILING.indexOf(last) >= 0;
    };
  }

  private static boolean closesMore(String text, int from, int end, char open, char close) {
    int balance = 0;
    for (int i = Math.max(from, end - MAX_LENGTH); i < end; i++) {
      char c = text.charAt(i);
      balance += c == open ? 1 : c == close ? -1 : 0;
    }
    return balance < 0;
  }
}

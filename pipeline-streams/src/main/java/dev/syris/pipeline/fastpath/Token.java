package dev.syris.pipeline.fastpath;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One word of what somebody wrote.
 *
 * @param form for comparing: lower case, straight apostrophes, no punctuation at its ends
 * @param written as it came
 */
record Token(String form, String written) {

  /** Longer texts are no commands. */
  static final int MAX_CHARACTERS = 500;

  private static final int MAX_TOKENS = 80;
  private static final String PUNCTUATION = ".,!?;:…\"“”„«»‘’'()";

  /**
   * The words of a text, parted by any kind of blank; nothing where it is too long to be a command.
   */
  static Optional<List<Token>> split(String text) {
    if (text.length() > MAX_CHARACTERS) {
      return Optional.empty();
    }
    var tokens = new ArrayList<Token>();
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean blank = i == text.length() || blank(text.charAt(i));
      if (blank && start >= 0) {
        tokens.add(of(text.substring(start, i)));
        start = -1;
      } else if (!blank && start < 0) {
        start = i;
      }
    }
    return tokens.size() > MAX_TOKENS ? Optional.empty() : Optional.of(tokens);
  }

  static Token of(String written) {
    String lower = written.toLowerCase(Locale.ROOT).replace('’', '\'');
    int start = 0;
    int end = lower.length();
    while (start < end && PUNCTUATION.indexOf(lower.charAt(start)) >= 0) {
      start++;
    }
    while (end > start && PUNCTUATION.indexOf(lower.charAt(end - 1)) >= 0) {
      end--;
    }
    return new Token(lower.substring(start, end), written);
  }

  private static boolean blank(char c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || c == '\u200b'
        || c == '\u2060'
        || c == '\ufeff';
  }
}

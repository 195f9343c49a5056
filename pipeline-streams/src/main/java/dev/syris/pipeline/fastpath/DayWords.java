package dev.syris.pipeline.fastpath;

import java.util.List;
import java.util.Set;

/** Words that say on which days something is to happen, whether or not a slot can take them. */
final class DayWords {

  private static final Set<String> WORDS =
      Set.of(
          "today",
          "tonight",
          "tomorrow",
          "daily",
          "every",
          "each",
          "weekdays",
          "weekends",
          "monday",
          "tuesday",
          "wednesday",
          "thursday",
          "friday",
          "saturday",
          "sunday");

  private DayWords() {}

  /** Whether a text may end in a day, such as {@code tomorrow morning} or {@code on Monday}. */
  static boolean end(List<Token> text) {
    return text.subList(Math.max(0, text.size() - 2), text.size()).stream()
        .map(Token::form)
        .anyMatch(form -> WORDS.contains(form) || WORDS.contains(singular(form)));
  }

  private static String singular(String form) {
    return form.endsWith("s") ? form.substring(0, form.length() - 1) : form;
  }
}

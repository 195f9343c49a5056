package dev.syris.pipeline.fastpath;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Words to lexemes; an empty list where one of them has no place in a duration. Pure. */
final class DurationLexer {

  private static final int MAX_LEXEMES = 24;
  private static final int MAX_DIGITS = 12;
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private static final Map<String, Long> UNITS =
      Map.ofEntries(
          Map.entry("s", 1L),
          Map.entry("sec", 1L),
          Map.entry("secs", 1L),
          Map.entry("second", 1L),
          Map.entry("seconds", 1L),
          Map.entry("m", MINUTE),
          Map.entry("min", MINUTE),
          Map.entry("mins", MINUTE),
          Map.entry("minute", MINUTE),
          Map.entry("minutes", MINUTE),
          Map.entry("h", HOUR),
          Map.entry("hr", HOUR),
          Map.entry("hrs", HOUR),
          Map.entry("hour", HOUR),
          Map.entry("hours", HOUR),
          Map.entry("d", DAY),
          Map.entry("day", DAY),
          Map.entry("days", DAY),
          Map.entry("w", 7 * DAY),
          Map.entry("week", 7 * DAY),
          Map.entry("weeks", 7 * DAY),
          Map.entry("year", 365 * DAY),
          Map.entry("years", 365 * DAY));

  private static final Map<String, Lexeme.Word> WORDS =
      Map.of(
          "a", Lexeme.Word.A,
          "an", Lexeme.Word.A,
          "and", Lexeme.Word.AND,
          "of", Lexeme.Word.OF,
          "half", Lexeme.Word.HALF,
          "quarter", Lexeme.Word.QUARTER,
          "quarters", Lexeme.Word.QUARTER);

  private static final Map<Character, BigDecimal> VULGAR_FRACTIONS =
      Map.of('½', new BigDecimal("0.5"), '¼', new BigDecimal("0.25"), '¾', new BigDecimal("0.75"));

  private final List<Lexeme> lexemes = new ArrayList<>();
  private boolean spokenTens;

  private DurationLexer() {}

  static List<Lexeme> lex(List<Token> tokens) {
    var lexer = new DurationLexer();
    for (Token token : tokens) {
      if (!lexer.take(token.form()) || lexer.lexemes.size() > MAX_LEXEMES) {
        return List.of();
      }
    }
    return lexer.lexemes;
  }

  /** One written word, such as {@code 1h30m}, {@code 10-minute} or {@code hours}. */
  private boolean take(String form) {
    int i = 0;
    while (i < form.length()) {
      int end = end(form, i);
      if (!lexeme(form.substring(i, end))) {
        return false;
      }
      i = end;
    }
    return true;
  }

  private boolean lexeme(String part) {
    char first = part.charAt(0);
    BigDecimal fraction = VULGAR_FRACTIONS.get(first);
    if (first == '-' || first == ',') {
      return true;
    } else if (digit(first)) {
      return part.length() <= MAX_DIGITS && add(new BigDecimal(part));
    }
    return fraction == null ? word(part) : addFraction(fraction);
  }

  /** Where the number, the word or the single character that begins here ends. */
  private static int end(String form, int start) {
    if (digit(form.charAt(start))) {
      return numberEnd(form, start);
    }
    int end = start + 1;
    while (end < form.length()
        && Character.isLetter(form.charAt(start))
        && Character.isLetter(form.charAt(end))) {
      end++;
    }
    return end;
  }

  private boolean word(String word) {
    Lexeme.Word special = WORDS.get(word);
    if (special != null) {
      return lexemes.add(special);
    }
    Long unit = UNITS.get(word);
    if (unit != null) {
      return lexemes.add(new Lexeme.Unit(unit));
    }
    Integer number = NumberWords.of(word);
    return number != null && addSpoken(number);
  }

  /** {@code twenty five} is one number. */
  private boolean addSpoken(int number) {
    if (spokenTens && number > 0 && number < 10) {
      spokenTens = false;
      return replaceLast(BigDecimal.valueOf(number));
    }
    boolean added = add(BigDecimal.valueOf(number));
    spokenTens = added && number >= 20;
    return added;
  }

  private boolean add(BigDecimal value) {
    spokenTens = false;
    return lastNumber() == null && lexemes.add(new Lexeme.Number(value));
  }

  /** {@code 1½} is one number. */
  private boolean addFraction(BigDecimal value) {
    BigDecimal before = lastNumber();
    return before == null ? add(value) : before.scale() <= 0 && replaceLast(value);
  }

  private boolean replaceLast(BigDecimal more) {
    BigDecimal before = lastNumber();
    if (before == null) {
      return false;
    }
    lexemes.set(lexemes.size() - 1, new Lexeme.Number(before.add(more)));
    return true;
  }

  private @Nullable BigDecimal lastNumber() {
    return !lexemes.isEmpty() && lexemes.getLast() instanceof Lexeme.Number(BigDecimal value)
        ? value
        : null;
  }

  private static int numberEnd(String form, int start) {
    int end = start;
    boolean point = false;
    while (end < form.length()) {
      char c = form.charAt(end);
      boolean decimalPoint =
          c == '.' && !point && end + 1 < form.length() && digit(form.charAt(end + 1));
      if (!digit(c) && !decimalPoint) {
        break;
      }
      point |= decimalPoint;
      end++;
    }
    return end;
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }
}

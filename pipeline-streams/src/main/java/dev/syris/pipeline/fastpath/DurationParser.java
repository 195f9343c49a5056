package dev.syris.pipeline.fastpath;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads lengths of time as people write them: {@code 10 minutes}, {@code 1h30m}, {@code 90
 * seconds}, {@code 1.5 hours}, {@code an hour and a half}, {@code half an hour}, {@code two and a
 * half hours}, {@code three quarters of an hour}, {@code twenty-five min}. A recursive descent over
 * at most a dozen lexemes without backtracking over more than one part, so its cost is linear.
 * Units go from large to small, each once. For one reading, not thread-safe.
 *
 * <pre>
 * duration = part { [ "and" ] part }
 * part     = quantity unit [ "and" fraction ]        an hour and a half
 *          | [ "a" ] "half" [ "a" ] unit             half an hour, a half hour
 *          | [ "a" | number ] "quarter" "of" "a" unit
 * quantity = "a" | number [ "and" fraction ]         two and a half hours
 * fraction = "a" ( "half" | "quarter" )
 * </pre>
 */
final class DurationParser {

  private static final BigDecimal HALF = new BigDecimal("0.5");
  private static final BigDecimal QUARTER = new BigDecimal("0.25");

  private final List<Lexeme> lexemes;
  private int next;
  private BigDecimal total = BigDecimal.ZERO;

  private DurationParser(List<Lexeme> lexemes) {
    this.lexemes = lexemes;
  }

  static SpokenDuration parse(List<Token> tokens) {
    List<Lexeme> lexemes = DurationLexer.lex(tokens);
    return lexemes.isEmpty() ? SpokenDuration.NONE : new DurationParser(lexemes).duration();
  }

  private SpokenDuration duration() {
    long previousUnit = Long.MAX_VALUE;
    while (next < lexemes.size()) {
      if (next > 0) {
        skip(Lexeme.Word.AND);
      }
      long unit = part();
      if (unit <= 0 || unit >= previousUnit) {
        return SpokenDuration.NONE;
      }
      previousUnit = unit;
    }
    return bounded();
  }

  private SpokenDuration bounded() {
    if (total.signum() == 0) {
      return new SpokenDuration.Absurd("no time at all");
    }
    if (total.compareTo(BigDecimal.valueOf(SpokenDuration.MAX_SECONDS)) > 0) {
      return new SpokenDuration.Absurd("longer than 365 days");
    }
    BigDecimal exact = total.stripTrailingZeros();
    return exact.scale() > 0
        ? new SpokenDuration.Absurd("finer than a second")
        : new SpokenDuration.Exactly(exact.longValueExact());
  }

  /** Adds one part; its unit in seconds, 0 where there is none. */
  private long part() {
    BigDecimal quantity = portion();
    if (quantity == null) {
      quantity = quantity();
    }
    long unit = quantity == null ? 0 : unit();
    if (quantity == null || unit == 0) {
      return 0;
    }
    BigDecimal more = andFraction(false);
    BigDecimal whole = more == null ? quantity : quantity.add(more);
    total = total.add(whole.multiply(BigDecimal.valueOf(unit)));
    return unit;
  }

  /** {@code half an}, {@code a half}, {@code a quarter of an}, {@code three quarters of an}. */
  private @Nullable BigDecimal portion() {
    int start = next;
    BigDecimal count = skip(Lexeme.Word.A) ? BigDecimal.ONE : number();
    BigDecimal share = share();
    if (share == null
        || (count != null && share.equals(HALF) && count.compareTo(BigDecimal.ONE) != 0)) {
      next = start;
      return null;
    }
    skip(Lexeme.Word.OF);
    skip(Lexeme.Word.A);
    return count == null ? share : count.multiply(share);
  }

  private @Nullable BigDecimal quantity() {
    BigDecimal number = skip(Lexeme.Word.A) ? BigDecimal.ONE : number();
    BigDecimal more = number == null ? null : andFraction(true);
    return number == null || more == null ? number : number.add(more);
  }

  /**
   * {@code and a half}, where the unit is behind it or has been before it; else it begins the next
   * part.
   */
  private @Nullable BigDecimal andFraction(boolean beforeUnit) {
    int start = next;
    BigDecimal share = skip(Lexeme.Word.AND) && skip(Lexeme.Word.A) ? share() : null;
    boolean fits =
        beforeUnit
            ? peek() instanceof Lexeme.Unit
            : peek() == null || peek() == Lexeme.Word.AND || peek() instanceof Lexeme.Number;
    if (share == null || !fits) {
      next = start;
      return null;
    }
    return share;
  }

  private @Nullable BigDecimal share() {
    if (skip(Lexeme.Word.HALF)) {
      return HALF;
    }
    return skip(Lexeme.Word.QUARTER) ? QUARTER : null;
  }

  private @Nullable BigDecimal number() {
    if (peek() instanceof Lexeme.Number(BigDecimal value)) {
      next++;
      return value;
    }
    return null;
  }

  private long unit() {
    if (peek() instanceof Lexeme.Unit(long seconds)) {
      next++;
      return seconds;
    }
    return 0;
  }

  private boolean skip(Lexeme.Word word) {
    boolean there = peek() == word;
    next += there ? 1 : 0;
    return there;
  }

  private @Nullable Lexeme peek() {
    return next < lexemes.size() ? lexemes.get(next) : null;
  }
}

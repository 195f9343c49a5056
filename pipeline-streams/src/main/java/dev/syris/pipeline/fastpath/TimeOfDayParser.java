package dev.syris.pipeline.fastpath;

import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads times of day as people write them: {@code 7:15}, {@code 7}, {@code 7:15 pm}, {@code seven
 * thirty}, {@code half past seven}, {@code ten to 8}, {@code noon}, {@code tomorrow at 7}. Without
 * {@code am} or {@code pm} an hour is that hour of the 24-hour clock. Linear in its words. For one
 * reading, not thread-safe.
 *
 * <pre>
 * time    = clock [ day ] | day [ "at" ] clock
 * clock   = offset whole | whole | number ( ":" digit digit | "oh" number | number ) [ half ]
 * offset  = "half" "past" | ( [ "a" ] "quarter" | number [ "minutes" ] ) ( "past" | "to" )
 * whole   = "noon" | "midday" | "midnight" | number [ "o'clock" ] [ half ]
 * half    = "am" | "pm"
 * day     = "today" | "tomorrow"
 * </pre>
 */
final class TimeOfDayParser {

  private static final int HOUR = 60;
  private static final String TO = "to";
  private static final Set<String> DAYS = Set.of("today", "tomorrow");
  private static final Map<String, LocalTime> NAMED =
      Map.of("noon", LocalTime.NOON, "midday", LocalTime.NOON, "midnight", LocalTime.MIDNIGHT);
  private static final Map<String, Integer> HALVES = Map.of("am", 0, "a.m", 0, "pm", 12, "p.m", 12);

  private final List<String> parts;
  private int next;

  private TimeOfDayParser(List<String> parts) {
    this.parts = parts;
  }

  static SpokenTime parse(List<Token> tokens) {
    return new TimeOfDayParser(TimeLexer.lex(tokens)).time();
  }

  /**
   * Whether the words behind a time may belong to it, such as {@code to 7} behind {@code 5}: then
   * it must not end there.
   */
  static boolean mayGoOn(List<Token> behind) {
    if (behind.size() < 2 || !behind.getFirst().form().equals(TO)) {
      return false;
    }
    List<String> parts = TimeLexer.lex(behind.subList(1, 2));
    return !(new TimeOfDayParser(parts).whole() instanceof SpokenTime.NoTime);
  }

  private SpokenTime time() {
    String before = day();
    if (before != null) {
      skip("at");
    }
    SpokenTime clock = clock();
    String day = before == null ? day() : before;
    if (next < parts.size()) {
      return SpokenTime.NONE;
    }
    return clock instanceof SpokenTime.At(LocalTime time, _) ? new SpokenTime.At(time, day) : clock;
  }

  private SpokenTime clock() {
    int start = next;
    Integer offset = offset();
    if (offset == null) {
      next = start;
      return hourAndMinute();
    }
    return whole() instanceof SpokenTime.At(LocalTime time, _)
        ? at(time.plusMinutes(offset))
        : SpokenTime.NONE;
  }

  /** Minutes after the hour that follows, negative before it. */
  private @Nullable Integer offset() {
    if (skip("half")) {
      return skip("past") ? HOUR / 2 : null;
    }
    Integer minutes = offsetMinutes();
    if (minutes == null || minutes < 1 || minutes >= HOUR) {
      return null;
    } else if (skip("past")) {
      return minutes;
    }
    return skip(TO) ? -minutes : null;
  }

  private @Nullable Integer offsetMinutes() {
    skip("a");
    if (skip("quarter")) {
      return HOUR / 4;
    }
    Integer minutes = number();
    if (minutes != null && !skip("minutes")) {
      skip("minute");
    }
    return minutes;
  }

  private SpokenTime whole() {
    String word = peek();
    LocalTime named = word == null ? null : NAMED.get(word);
    if (named != null) {
      next++;
      return at(named);
    }
    Integer hour = number();
    if (hour == null) {
      return SpokenTime.NONE;
    }
    if (!skip("o'clock")) {
      skip("oclock");
    }
    return onTheClock(hour, 0, half());
  }

  private SpokenTime hourAndMinute() {
    int start = next;
    Integer hour = number();
    Integer minute = hour == null ? null : minute();
    if (hour == null || minute == null) {
      next = start;
      return whole();
    }
    return onTheClock(hour, minute, half());
  }

  private @Nullable Integer minute() {
    if (skip(":")) {
      return twoDigits();
    } else if (skip("oh")) {
      Integer minute = number();
      return minute == null || minute > 9 ? null : minute;
    }
    String part = peek();
    if (part != null && TimeLexer.digits(part)) {
      return twoDigits();
    }
    Integer minute = number();
    return minute == null || minute < 10 ? null : minute;
  }

  private @Nullable Integer twoDigits() {
    String part = peek();
    return part != null && part.length() == 2 && TimeLexer.digits(part) ? number() : null;
  }

  /** At most two digits, or number words, of which {@code twenty five} are one number. */
  private @Nullable Integer number() {
    String part = peek();
    if (part == null) {
      return null;
    } else if (TimeLexer.digits(part)) {
      return part.length() > 2 ? null : Integer.valueOf(skipped(part));
    }
    Integer value = NumberWords.of(part);
    if (value == null) {
      return null;
    }
    next++;
    String second = value < 20 ? null : peek();
    Integer ones = second == null ? null : NumberWords.of(second);
    if (second == null || ones == null || ones < 1 || ones > 9) {
      return value;
    }
    skipped(second);
    return value + ones;
  }

  private static SpokenTime onTheClock(int hour, int minute, @Nullable Integer half) {
    if (half != null) {
      return hour < 1 || hour > 12 || minute >= HOUR
          ? new SpokenTime.Absurd("not on a 12-hour clock")
          : at(LocalTime.of(hour % 12 + half, minute));
    }
    return hour > 23 || minute >= HOUR
        ? new SpokenTime.Absurd("not on a 24-hour clock")
        : at(LocalTime.of(hour, minute));
  }

  private static SpokenTime at(LocalTime time) {
    return new SpokenTime.At(time, null);
  }

  private @Nullable Integer half() {
    String part = peek();
    Integer half = part == null ? null : HALVES.get(part);
    next += half == null ? 0 : 1;
    return half;
  }

  private @Nullable String day() {
    String part = peek();
    return part != null && DAYS.contains(part) ? skipped(part) : null;
  }

  private boolean skip(String word) {
    boolean there = word.equals(peek());
    next += there ? 1 : 0;
    return there;
  }

  private String skipped(String part) {
    next++;
    return part;
  }

  private @Nullable String peek() {
    return next < parts.size() ? parts.get(next) : null;
  }
}

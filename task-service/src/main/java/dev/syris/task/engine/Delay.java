package dev.syris.task.engine;

import dev.syris.contracts.json.InstantCodec;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a step may wait for before it begins: an ISO 8601 duration such as {@code PT90S} or a RFC
 * 3339 time, as text, or {@code {"seconds": n}} or {@code {"until": time}}. Pure.
 */
public final class Delay {

  private static final Duration LONGEST = Duration.ofDays(366);
  private static final String EXPECTED =
      "it must be a duration such as PT90S, a time such as 2026-01-31T08:00:00Z, {\"seconds\": n} or"
          + " {\"until\": time}";

  private Delay() {}

  /** When it is over, or why that can't be told. */
  public sealed interface Reading {
    record Until(Instant time) implements Reading {}

    record Wrong(String message) implements Reading {}
  }

  /** Reads a wait whose references are filled in, counted from now. */
  public static Reading read(JsonNode wait, Instant now) {
    Instant end = end(wait, now);
    if (end == null) {
      return new Reading.Wrong("is no wait; " + EXPECTED);
    }
    return end.isAfter(now.plus(LONGEST))
        ? new Reading.Wrong(
            "is over a year away; at most %d days are taken".formatted(LONGEST.toDays()))
        : new Reading.Until(end);
  }

  private static @Nullable Instant end(JsonNode wait, Instant now) {
    if (wait.isObject() && wait.size() == 1) {
      JsonNode seconds = wait.get("seconds");
      JsonNode until = wait.get("until");
      if (seconds != null && seconds.isIntegralNumber() && seconds.canConvertToInt()) {
        return seconds.asInt() < 0 ? null : now.plusSeconds(seconds.asInt());
      }
      return until != null && until.isString() ? time(until.asString()) : null;
    }
    if (!wait.isString()) {
      return null;
    }
    String text = wait.asString();
    return text.startsWith("P") ? after(text, now) : time(text);
  }

  private static @Nullable Instant after(String text, Instant now) {
    try {
      Duration duration = Duration.parse(text);
      return duration.isNegative() || duration.compareTo(LONGEST.multipliedBy(2)) > 0
          ? null
          : now.plus(duration);
    } catch (DateTimeException _) {
      return null;
    }
  }

  private static @Nullable Instant time(String text) {
    try {
      return InstantCodec.parse(text);
    } catch (DateTimeException _) {
      return null;
    }
  }
}

package dev.syris.rules.rule;

import dev.syris.rules.template.Template;
import org.jspecify.annotations.Nullable;

/**
 * What holds a rule back that matches. Where this grows (holds, absence, edges, modes), the new
 * parts are members here, and their state is beside the windows in {@code suppress}.
 *
 * @param key what the rule tells apart, such as the door: each has windows of its own; null where
 *     all is one
 * @param debounceMs how long after a firing it does not fire again; 0 for none
 * @param dedupeWindowMs how long after a firing the same is not fired for again; 0 for none
 * @param dedupeKey what is the same; null for what the event says
 * @param quietHours name of the quiet hours in which it does not fire; null for none
 * @param maxPerMinute firings within a minute, of all keys together, after which it is tripped
 */
public record Restraint(
    @Nullable Template key,
    long debounceMs,
    long dedupeWindowMs,
    @Nullable Template dedupeKey,
    @Nullable String quietHours,
    int maxPerMinute) {

  public static final long MAX_DEBOUNCE_MS = 24 * 3_600_000L;
  public static final long MAX_DEDUPE_WINDOW_MS = 7 * MAX_DEBOUNCE_MS;
  public static final int DEFAULT_MAX_PER_MINUTE = 60;
  public static final int HIGHEST_MAX_PER_MINUTE = 6000;

  /** Holds nothing back but a storm. */
  public static final Restraint NONE =
      new Restraint(null, 0, 0, null, null, DEFAULT_MAX_PER_MINUTE);
}

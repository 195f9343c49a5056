package dev.syris.rules.suppress;

import dev.syris.rules.rule.Restraint;
import dev.syris.rules.rule.Rule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a match fires. Windows are counted from the last firing, so what is held back does not
 * make them longer; what was remembered under another version of the rule does not count. Pure.
 */
public final class Suppression {

  /**
   * How long, in milliseconds, a history is kept after its end: append times of one rule's matches
   * may go back a little, for they come from several partitions.
   */
  public static final long GRACE_MS = 60_000;

  private Suppression() {}

  /**
   * Decides.
   *
   * @param time append time of the event
   */
  public static Decision decide(History history, Rule rule, Match match, Instant time) {
    History known = history.of(rule.version());
    Restraint restraint = rule.restraint();
    long now = time.toEpochMilli();
    if (known.rule().tripped()) {
      return new Decision.Suppressed(Reason.TRIPPED, null, false);
    }
    Long held = known.key().heldUntil(now, restraint.debounceMs());
    if (held != null) {
      return until(Reason.DEBOUNCE, held);
    }
    Long repeat = known.key().repeatUntil(match.dedupe(), now, restraint.dedupeWindowMs());
    if (repeat != null) {
      return until(Reason.DEDUPE, repeat);
    }
    if (match.quiet() != null) {
      return suppressed(Reason.QUIET_HOURS, match.quiet().until());
    }
    return known.rule().firedAt(now) >= restraint.maxPerMinute()
        ? new Decision.Suppressed(Reason.TRIPPED, null, true)
        : new Decision.Fired();
  }

  /** What is remembered after a decision. */
  public static History evolve(
      History history, Rule rule, Match match, Instant time, Decision decision) {
    History known = history.of(rule.version());
    long now = time.toEpochMilli();
    return switch (decision) {
      case Decision.Fired _ ->
          new History(
              known.rule().afterFiring(now),
              known.key().afterFiring(match.dedupe(), now, rule.restraint()));
      case Decision.Suppressed suppressed when suppressed.trips() ->
          new History(known.rule().afterTrip(now), known.key());
      case Decision.Suppressed _ -> known;
    };
  }

  private static Decision until(Reason reason, long millis) {
    return suppressed(reason, Instant.ofEpochMilli(millis));
  }

  private static Decision suppressed(Reason reason, @Nullable Instant until) {
    return new Decision.Suppressed(reason, until, false);
  }
}

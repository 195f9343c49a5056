package dev.syris.rules.replay;

import dev.syris.rules.rule.Rule;
import dev.syris.rules.setting.RuleSettings;
import dev.syris.rules.suppress.Decision;
import dev.syris.rules.suppress.History;
import dev.syris.rules.suppress.KeyHistory;
import dev.syris.rules.suppress.Match;
import dev.syris.rules.suppress.RuleHistory;
import dev.syris.rules.suppress.Suppression;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One rule on past events, in the order of their append time, partition and offset; the clock is
 * their append time. Whether the rule is enabled does not matter: that is what is being tried. It
 * starts knowing nothing, so begin as far before what is asked about as its windows are long, and
 * holds the settings for what they are now, unless it is told otherwise on the way. For one thread.
 */
public final class RuleReplay {

  private static final int SWEEP_EVERY = 10_000;
  private static final Verdict NOT_MATCHED = new Verdict.NotMatched();

  private final Rule rule;
  private final Map<String, KeyHistory> keys = new HashMap<>();
  private RuleHistory whole;
  private RuleSettings settings;
  private int untilSweep = SWEEP_EVERY;

  public RuleReplay(Rule rule, RuleSettings settings) {
    this.rule = rule;
    this.settings = settings;
    this.whole = RuleHistory.none(rule.version());
  }

  /** The settings change, for the events from here on. */
  public void settings(RuleSettings changed) {
    this.settings = changed;
  }

  /** What the rule makes of the next event. */
  public Verdict next(PastEvent past) {
    if (!rule.conditions().holds(past.event(), settings.at(past.ingestedAt()))) {
      return NOT_MATCHED;
    }
    Match match = Match.of(rule, past.event(), past.ingestedAt(), settings);
    KeyHistory key = keys.getOrDefault(match.key(), KeyHistory.none(rule.version()));
    var history = new History(whole, key);
    Decision decision = Suppression.decide(history, rule, match, past.ingestedAt());
    History after = Suppression.evolve(history, rule, match, past.ingestedAt(), decision);
    whole = after.rule();
    remember(match.key(), after.key(), past.ingestedAt().toEpochMilli());
    return new Verdict.Matched(match.key(), decision);
  }

  /** What the rule makes of each event, one after the other as the stream is read. */
  public Stream<Verdict> over(Stream<PastEvent> events) {
    return events.sequential().map(this::next);
  }

  /** Keys whose windows may not be over. */
  int remembered() {
    return keys.size();
  }

  private void remember(String key, KeyHistory history, long now) {
    if (history.endsAt(rule.restraint()) + Suppression.GRACE_MS > now) {
      keys.put(key, history);
    } else {
      keys.remove(key);
    }
    if (--untilSweep == 0) {
      untilSweep = SWEEP_EVERY;
      keys.values().removeIf(old -> old.endsAt(rule.restraint()) + Suppression.GRACE_MS <= now);
    }
  }
}

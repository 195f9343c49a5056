package dev.syris.rules.suppress;

/** All a decision about a match rests on besides the match: the rule as a whole, and its key. */
public record History(RuleHistory rule, KeyHistory key) {

  /** Nothing has happened. */
  public static History none(long version) {
    return new History(RuleHistory.none(version), KeyHistory.none(version));
  }

  History of(long ruleVersion) {
    return new History(rule.of(ruleVersion), key.of(ruleVersion));
  }
}

package dev.syris.rules.replay;

import dev.syris.rules.suppress.Decision;

/** What a rule would have made of a past event. */
public sealed interface Verdict {

  /** Its conditions did not hold. */
  record NotMatched() implements Verdict {}

  /**
   * They did.
   *
   * @param key what the event is about; empty where the rule tells nothing apart
   * @param decision whether it would have fired, or what would have held it back
   */
  record Matched(String key, Decision decision) implements Verdict {}
}

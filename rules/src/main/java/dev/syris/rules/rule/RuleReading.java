package dev.syris.rules.rule;

import dev.syris.rules.problem.Problem;
import java.util.List;

/** What became of JSON that should be a rule. */
public sealed interface RuleReading {

  /** It is one. */
  record Accepted(Rule rule) implements RuleReading {}

  /** It is none: at least one problem, and at most {@link dev.syris.rules.problem.Problems#MAX}. */
  record Rejected(List<Problem> problems) implements RuleReading {
    public Rejected {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("a rejected rule has at least one problem");
      }
    }
  }
}

package dev.syris.rules.condition;

import dev.syris.rules.path.Reference;
import dev.syris.rules.problem.Problem;
import java.util.List;

/** What became of JSON that should be a condition. */
public sealed interface ConditionReading {

  /**
   * It is one.
   *
   * @param references every field it asks about, in the order in which they stand
   */
  record Accepted(Condition condition, List<Reference> references) implements ConditionReading {
    public Accepted {
      references = List.copyOf(references);
    }
  }

  /** It is none: at least one problem, and at most {@link dev.syris.rules.problem.Problems#MAX}. */
  record Rejected(List<Problem> problems) implements ConditionReading {
    public Rejected {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("a rejected condition has at least one problem");
      }
    }
  }
}

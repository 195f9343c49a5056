package dev.syris.rules.template;

import dev.syris.rules.problem.Problem;
import java.util.List;

/** What became of JSON that should be a template. */
public sealed interface TemplateReading {

  /** It is one. */
  record Accepted(Template template) implements TemplateReading {}

  /** It is none: at least one problem, and at most {@link dev.syris.rules.problem.Problems#MAX}. */
  record Rejected(List<Problem> problems) implements TemplateReading {
    public Rejected {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("a rejected template has at least one problem");
      }
    }
  }
}

package dev.syris.rules.template;

import dev.syris.rules.problem.Problem;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What became of a template for one document. */
public sealed interface Rendering {

  /**
   * All references are filled in.
   *
   * @param value shares no node with the template or the document
   */
  record Rendered(JsonNode value) implements Rendering {}

  /** Something could not be filled in; the pointers are those of the template. */
  record Failed(List<Problem> problems) implements Rendering {
    public Failed {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("a failed rendering has at least one problem");
      }
    }
  }
}

package dev.syris.rules.rule;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What became of YAML that should be an object. */
public sealed interface YamlReading {

  /**
   * It is one; what it says is for {@link RuleReader} to judge.
   *
   * @param places tells where in the text a problem lies
   */
  record Accepted(ObjectNode json, Places places) implements YamlReading {}

  /** It is none, or is written in a way that is not taken. */
  record Rejected(List<PlacedProblem> problems) implements YamlReading {
    public Rejected {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("a rejected text has at least one problem");
      }
    }
  }
}

package dev.syris.task.policy;

import java.util.List;

/** What reading a policy comes to. */
sealed interface PolicyReading {

  record Accepted(LaidDown policy, List<Example> examples) implements PolicyReading {}

  /**
   * It can't be used.
   *
   * @param problems all that were found, in the order of the file
   */
  record Rejected(List<PolicyProblem> problems) implements PolicyReading {}
}

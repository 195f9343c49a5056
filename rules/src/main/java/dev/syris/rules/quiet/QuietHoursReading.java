package dev.syris.rules.quiet;

import dev.syris.rules.problem.Problem;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What reading quiet hours comes to. */
public sealed interface QuietHoursReading {

  /**
   * They are some.
   *
   * @param written with everything that was left out
   */
  record Accepted(QuietHours hours, ObjectNode written) implements QuietHoursReading {}

  record Rejected(List<Problem> problems) implements QuietHoursReading {}
}

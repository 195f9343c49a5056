package dev.syris.rules.rule;

import dev.syris.rules.problem.Problem;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.error.Mark;

/** Where in a text each value was written. Immutable. */
public final class Places {

  private final Map<String, Mark> marks;

  Places(Map<String, Mark> marks) {
    this.marks = Map.copyOf(marks);
  }

  /** The problems, each with the place of its value, or of what should hold it. */
  public List<PlacedProblem> place(List<Problem> problems) {
    return problems.stream().map(problem -> placed(problem.pointer(), problem.message())).toList();
  }

  private PlacedProblem placed(String pointer, String message) {
    String place = pointer;
    while (!place.isEmpty() && !marks.containsKey(place)) {
      place = place.substring(0, place.lastIndexOf('/'));
    }
    Mark mark = marks.get(place);
    return mark == null
        ? new PlacedProblem(1, 1, pointer, message)
        : new PlacedProblem(mark.getLine() + 1, mark.getColumn() + 1, pointer, message);
  }
}

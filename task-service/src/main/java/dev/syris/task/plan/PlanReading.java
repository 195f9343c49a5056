package dev.syris.task.plan;

import dev.syris.platform.problem.ProblemException.FieldError;
import dev.syris.task.engine.StepPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of JSON that should be a plan. */
public sealed interface PlanReading {

  /**
   * It is one.
   *
   * @param name null where it has none of its own
   */
  record Accepted(@Nullable String name, List<String> labels, List<StepPlan> steps)
      implements PlanReading {
    public Accepted {
      labels = List.copyOf(labels);
      steps = List.copyOf(steps);
    }
  }

  /** It is none; each error points at its place. */
  record Rejected(List<FieldError> errors) implements PlanReading {
    public Rejected {
      errors = List.copyOf(errors);
    }
  }
}

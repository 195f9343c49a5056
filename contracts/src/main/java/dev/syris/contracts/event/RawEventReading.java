package dev.syris.contracts.event;

import java.util.List;

/** What became of bytes that should be a raw event. */
public sealed interface RawEventReading {

  /** They are one. */
  record Accepted(RawEvent event) implements RawEventReading {}

  /** They are not. */
  sealed interface Rejected extends RawEventReading {

    /** What is wrong; never empty, bounded. */
    List<RawEventProblem> problems();

    /** Dotted and stable: the reason of the dead letter, the code of the problem document. */
    String code();

    /** All problems in one line. */
    default String summary() {
      var line = new StringBuilder();
      for (RawEventProblem problem : problems()) {
        line.append(line.isEmpty() ? "" : "; ");
        line.append(problem.pointer()).append(problem.pointer().isEmpty() ? "" : " ");
        line.append(problem.message());
      }
      return line.toString();
    }
  }

  /**
   * Not a JSON text we read at all: encoding, syntax, duplicate keys, depth or size. HTTP says 400
   * or 413.
   */
  record Unparseable(RawEventProblem problem) implements Rejected {
    @Override
    public List<RawEventProblem> problems() {
      return List.of(problem);
    }

    @Override
    public String code() {
      return problem.code();
    }
  }

  /** JSON, but not a raw event. HTTP says 422. */
  record Invalid(List<RawEventProblem> problems) implements Rejected {
    public Invalid {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("an invalid raw event has at least one problem");
      }
    }

    @Override
    public String code() {
      return "event.invalid";
    }
  }
}

package dev.syris.task.engine;

import java.util.List;

/** What the core says to a command. */
sealed interface TaskDecision {

  /** It happens, in this order. */
  record Accepted(List<TaskEvent> events) implements TaskDecision {
    public Accepted {
      events = List.copyOf(events);
    }
  }

  /**
   * It can't be done now.
   *
   * @param code dotted and stable
   * @param message a sentence: which state it is in, and what to do
   */
  record Rejected(String code, String message) implements TaskDecision {}
}

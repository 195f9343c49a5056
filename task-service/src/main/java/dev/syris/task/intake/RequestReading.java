package dev.syris.task.intake;

import dev.syris.task.call.ReceivedCall;
import dev.syris.task.engine.NewTask;

/** What became of bytes that should be a request for a tool call or a task. */
sealed interface RequestReading {

  /** They ask for a tool call. */
  record Accepted(ReceivedCall call) implements RequestReading {}

  /** They ask for a task. */
  record AcceptedTask(NewTask task) implements RequestReading {}

  /**
   * They are not.
   *
   * @param code dotted and stable
   * @param message a sentence: what was wrong, with which value
   */
  record Rejected(String code, String message) implements RequestReading {}
}

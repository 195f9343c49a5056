package dev.syris.task.intake;

import dev.syris.task.call.ReceivedCall;

/** What became of bytes that should be a request for a tool call. */
sealed interface RequestReading {

  /** They are one. */
  record Accepted(ReceivedCall call) implements RequestReading {}

  /**
   * They are not.
   *
   * @param code dotted and stable
   * @param message a sentence: what was wrong, with which value
   */
  record Rejected(String code, String message) implements RequestReading {}
}

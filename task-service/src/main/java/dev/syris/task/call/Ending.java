package dev.syris.task.call;

import dev.syris.task.tool.ToolAction;
import dev.syris.task.tool.ToolAnswer;

/** How an attempt ended, or is to end, for the writer to record. */
sealed interface Ending {

  StartedCall call();

  /** It was answered. */
  record Answered(StartedCall call, ToolAnswer answer, long latencyMs) implements Ending {}

  /** Its effect is to be made in the transaction that records it. */
  record Applying(StartedCall call, ToolAction.Transactional action) implements Ending {}

  /** It was sent, and the time is over. */
  record TimedOut(StartedCall call, long latencyMs) implements Ending {}

  /** It was not sent: too much time had gone by. */
  record NotSent(StartedCall call) implements Ending {}
}

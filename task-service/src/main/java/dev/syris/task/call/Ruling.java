package dev.syris.task.call;

import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.task.tool.ToolRegistry.Registered;

/** What is to become of a call whose turn it is. */
sealed interface Ruling {

  Findings findings();

  /** It may be made. */
  record Start(Registered registered, Findings findings) implements Ruling {}

  /** The same request has been made before; what is recorded of that one is the answer. */
  record AnswerKnown(PendingCall.Holder holder, Findings findings) implements Ruling {}

  /** It can't be made: it is started and failed at once, so that the trail shows both. */
  record Fail(ErrorDetail error, Findings findings) implements Ruling {}

  /** It may not be made. */
  record Block(ErrorDetail error, Findings findings) implements Ruling {}
}

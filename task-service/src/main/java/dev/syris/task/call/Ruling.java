package dev.syris.task.call;

import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.task.policy.Assessment;
import dev.syris.task.tool.ToolRegistry.Registered;
import org.jspecify.annotations.Nullable;

/** What is to become of a call whose turn it is. */
sealed interface Ruling {

  Findings findings();

  /**
   * It may be made.
   *
   * @param stale why the approval it has is not what lets it be made; null where it is, or where it
   *     has none
   */
  record Start(
      Registered registered, Findings findings, Assessment assessment, @Nullable String stale)
      implements Ruling {

    Start within(Registered other) {
      return new Start(other, findings, assessment, stale);
    }
  }

  /**
   * Somebody is to be asked first.
   *
   * @param stale why the approval it has is good no more; null where it has none
   */
  record Confirm(
      Registered registered, Findings findings, Assessment assessment, @Nullable String stale)
      implements Ruling {}

  /** What it would do is shown, and that is all. */
  record Preview(Registered registered, Findings findings) implements Ruling {}

  /** The same request has been made before; what is recorded of that one is the answer. */
  record AnswerKnown(PendingCall.Holder holder, Findings findings) implements Ruling {}

  /** It can't be made: it is started and failed at once, so that the trail shows both. */
  record Fail(ErrorDetail error, Findings findings) implements Ruling {}

  /** It may not be made. */
  record Block(ErrorDetail error, Findings findings) implements Ruling {}
}

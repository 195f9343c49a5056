package dev.syris.task.engine;

import dev.syris.contracts.tool.ErrorDetail;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is asked of a task, by the engine or by a person. */
sealed interface TaskCommand {

  /** The turn of a step has come; what it comes to was found out from its plan. */
  record Begin(int position, Beginning how) implements TaskCommand {}

  /** How a step begins. */
  sealed interface Beginning {
    /** Its call is made. */
    record Run() implements Beginning {}

    /** Somebody is asked whether its call may be made. */
    record AwaitApproval() implements Beginning {}

    /** It can't be made at all. */
    record Refuse(ErrorDetail error) implements Beginning {}

    record Skip() implements Beginning {}

    record WaitUntil(Instant time) implements Beginning {}

    /** Nothing but its wait was to be done, and that is over. */
    record Done(JsonNode output) implements Beginning {}
  }

  /** The call of a step ended. */
  record Settle(int position, Outcome outcome) implements TaskCommand {}

  /** How a call ended, for its step. */
  sealed interface Outcome {
    record Succeeded(@Nullable JsonNode output) implements Outcome {}

    record Failed(ErrorDetail error) implements Outcome {}

    record Unknown(ErrorDetail error) implements Outcome {}
  }

  /** Its call may be made, if nothing else is in the way by now. */
  record Approve(int position) implements TaskCommand {}

  /** Its call is not made. */
  record Deny(int position, ErrorDetail error) implements TaskCommand {}

  /** A call without an answer was sent once more. */
  record SentAgain(int position) implements TaskCommand {}

  record Pause() implements TaskCommand {}

  record Resume() implements TaskCommand {}

  record Cancel(@Nullable String reason) implements TaskCommand {}

  /** A failed task is taken up again, at a position or where it failed. */
  record Retry(@Nullable Integer from) implements TaskCommand {}

  /** The operator knows how a call ended that nobody else knew of. */
  record Resolve(int position, Resolution resolution) implements TaskCommand {}

  /** What the operator found out, or wants. */
  sealed interface Resolution {
    record Succeeded(@Nullable JsonNode output) implements Resolution {}

    record Failed(ErrorDetail error) implements Resolution {}

    record Retry() implements Resolution {}
  }
}

package dev.syris.task.call;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.ToolCallStatus;
import dev.syris.task.tool.ActionDefinition.Effect;
import dev.syris.task.tool.ToolAnswer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What an attempt comes to. Pure. */
sealed interface Settlement {

  /** How often a call that only times out is tried. */
  int MAX_TIMEOUTS = 3;

  /** How often a call that the process did not survive is tried. */
  int MAX_RECOVERIES = 10;

  /**
   * It goes on record.
   *
   * @param summary a sentence a person understands; null where the error says it
   */
  record Recorded(
      ToolCallStatus status,
      @Nullable JsonNode output,
      @Nullable ErrorDetail error,
      @Nullable String summary)
      implements Settlement {}

  /** It is started again, with the same key. */
  record Again() implements Settlement {}

  static Recorded of(ToolAnswer answer) {
    return switch (answer) {
      case ToolAnswer.Succeeded(JsonNode output, String summary) ->
          new Recorded(ToolCallStatus.SUCCEEDED, output, null, summary);
      case ToolAnswer.Failed(ErrorDetail error) ->
          new Recorded(ToolCallStatus.FAILED, null, error, null);
      case ToolAnswer.Unknown(ErrorDetail error) ->
          new Recorded(ToolCallStatus.UNKNOWN, null, error, null);
    };
  }

  /**
   * A timeout is no outcome: what may be repeated is, the rest is unknown.
   *
   * @param lastSend number of the attempt that is not followed by another
   */
  static Settlement ofTimeout(Effect effect, int attempt, int lastSend, long timeoutMs) {
    if (effect.repeatable() && attempt < lastSend) {
      return new Again();
    }
    return noOutcome(
        effect,
        "tool.timeout",
        "no answer within %d ms, at attempt %d".formatted(timeoutMs, attempt));
  }

  /**
   * A call that was started, and whose process is gone.
   *
   * @param wanted whether there is somebody to make it, and somebody who wants it
   * @param neverSent whether it is certain that nothing left
   */
  static Settlement ofOrphan(Effect effect, boolean wanted, boolean neverSent, int attempt) {
    if (wanted && (neverSent || effect.repeatable()) && attempt < MAX_RECOVERIES) {
      return new Again();
    }
    String message =
        "the process that made the call ended before its outcome was recorded, at attempt "
            + attempt;
    return noOutcome(neverSent ? Effect.READ_ONLY : effect, "tool.interrupted", message);
  }

  private static Recorded noOutcome(Effect effect, String code, String message) {
    return switch (effect) {
      case READ_ONLY ->
          new Recorded(ToolCallStatus.FAILED, null, ErrorDetail.retryable(code, message), null);
      case IDEMPOTENT, ONCE ->
          new Recorded(
              ToolCallStatus.UNKNOWN,
              null,
              ErrorDetail.permanent(code, message + "; whether it had its effect is not known"),
              null);
    };
  }

  /**
   * A tool that ended in an exception: a fault of ours or of the tool's, of which nothing is known
   * but that.
   */
  static ToolAnswer ofFault(Effect effect, Throwable fault) {
    String message = "the tool ended with " + fault.getClass().getSimpleName();
    return switch (effect) {
      case READ_ONLY -> new ToolAnswer.Failed(ErrorDetail.permanent("tool.fault", message));
      case IDEMPOTENT, ONCE -> new ToolAnswer.Unknown(ErrorDetail.permanent("tool.fault", message));
    };
  }

  /** A call that was cut off because nobody wants it any more, or everything is halted. */
  static ToolAnswer ofInterrupt(Effect effect) {
    String message = "the call was cut off: its task was canceled, or everything was halted";
    if (effect == Effect.READ_ONLY) {
      return new ToolAnswer.Failed(ErrorDetail.permanent("tool_call.canceled", message));
    }
    return new ToolAnswer.Unknown(
        ErrorDetail.permanent(
            "tool_call.canceled", message + "; whether it had its effect is not known"));
  }

  /** For an output that the database can't keep: what happened still goes on record. */
  static ToolAnswer withoutOutput(ToolAnswer answer) {
    return switch (answer) {
      case ToolAnswer.Succeeded(JsonNode _, String summary) ->
          new ToolAnswer.Succeeded(
              Json.object().put("omitted", "the output could not be kept"), summary);
      case ToolAnswer.Failed _, ToolAnswer.Unknown _ -> answer;
    };
  }
}

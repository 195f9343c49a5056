package dev.syris.task.notice;

import dev.syris.contracts.json.StorableText;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.task.notify.Urgency;

/** What the operator is told of a call whose outcome nobody knows. */
final class UnknownNotice {

  private static final int MAX_ERROR = 300;

  private UnknownNotice() {}

  static Notice of(ToolCallRequest call, ErrorDetail error) {
    return new Notice(
        Notice.Kind.UNKNOWN,
        call.toolCallId().toString(),
        "What became of %s %s?".formatted(call.tool(), call.action()),
        "%s. Find out, and say so: POST /tool-calls/%s/resolve"
            .formatted(StorableText.shown(error.message(), MAX_ERROR), call.toolCallId()),
        Urgency.HIGH);
  }
}

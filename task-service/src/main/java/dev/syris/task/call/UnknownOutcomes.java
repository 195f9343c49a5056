package dev.syris.task.call;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.ToolCallRequest;

/**
 * Who is told that nobody knows what became of a call, and that somebody has said so; each in the
 * transaction that records it, so that whoever raises an alarm has it for exactly as long.
 */
public interface UnknownOutcomes {

  UnknownOutcomes NOBODY =
      new UnknownOutcomes() {
        @Override
        public void tell(ToolCallRequest call, ErrorDetail error, AuditEvent said) {}

        @Override
        public void settled(ToolCallId call) {}
      };

  /** What tells the alarm of one such call from those of others. */
  static String alarmKey(ToolCallId call) {
    return "tool_call.unknown:" + call;
  }

  /**
   * Tells.
   *
   * @param said what the trail is told of it
   */
  void tell(ToolCallRequest call, ErrorDetail error, AuditEvent said);

  /** The operator has settled it. */
  void settled(ToolCallId call);
}

package dev.syris.task.alarm;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.task.call.UnknownOutcomes;
import dev.syris.task.notice.Notices;

/**
 * The alarm of a call whose outcome nobody knows. It is raised and resolved in the transactions
 * that make it so, and by nobody who looks at the state of things: between a look and what is done
 * about it, the outcome of a call may change.
 */
record UnknownAlarms(Alarms alarms, Notices notices) implements UnknownOutcomes {

  @Override
  public void tell(ToolCallRequest call, ErrorDetail error, AuditEvent said) {
    alarms.keep(said);
    notices.unknown(call, error);
  }

  @Override
  public void settled(ToolCallId call) {
    alarms.clear(UnknownOutcomes.alarmKey(call), "the operator has settled the call");
  }
}

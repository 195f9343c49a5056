package dev.syris.task.call;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.ToolCallRequest;

/** Who is told that nobody knows what became of a call; in the transaction that records it. */
@FunctionalInterface
public interface UnknownOutcomes {

  UnknownOutcomes NOBODY = (_, _, _) -> {};

  /**
   * Tells.
   *
   * @param said what the trail is told of it
   */
  void tell(ToolCallRequest call, ErrorDetail error, AuditEvent said);
}

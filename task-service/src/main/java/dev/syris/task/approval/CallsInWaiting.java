package dev.syris.task.approval;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.tool.ToolCallStatus;
import java.time.Instant;
import java.util.List;

/** The calls approvals are about, and whatever they are part of. */
public interface CallsInWaiting {

  /** The call as it was asked for. */
  ToolCallRequest request(ToolCallId call);

  /** Locks what the call is part of, then the call; in the caller's transaction. */
  Held hold(ToolCallRequest call);

  /** Whoever starts calls looks for some; to be said after the commit. */
  void wake();

  /** A call that is locked. */
  interface Held {

    /** Whether it still waits for an answer. */
    boolean waits();

    /** It is judged again, and made if nothing else is in the way. */
    void goOn(List<AuditEvent> said);

    /** It is not made. */
    void refuse(ToolCallStatus status, ErrorDetail error, Instant now, List<AuditEvent> said);
  }
}

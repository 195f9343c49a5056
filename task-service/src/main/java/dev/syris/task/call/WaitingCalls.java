package dev.syris.task.call;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.ToolCallId;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.contracts.tool.ToolCallStatus;
import dev.syris.task.approval.CallsInWaiting;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Calls somebody is asked about, with the steps they are. Thread-safe. */
public final class WaitingCalls implements CallsInWaiting {

  private static final String FIND = "select * from task.tool_call where tool_call_id = :id";

  private static final String LOCK =
      "select status from task.tool_call where tool_call_id = :id for update";

  private static final String GO_ON =
      "update task.tool_call set status = 'received' where tool_call_id = :id";

  private static final String REFUSE =
      """
      update task.tool_call set status = :status, error = :error::json, ended_at = :now
       where tool_call_id = :id
      """;

  private final JdbcClient jdbc;
  private final ToolRuntime runtime;
  private final CallAudits audits = new CallAudits();

  WaitingCalls(RuntimeParts parts, ToolRuntime runtime) {
    this.jdbc = parts.jdbc();
    this.runtime = runtime;
  }

  @Override
  public ToolCallRequest request(ToolCallId call) {
    return jdbc.sql(FIND).param("id", call.value()).query(CallRows::asked).single();
  }

  @Override
  public Held hold(ToolCallRequest call) {
    CallOwner.Waiting owner = runtime.waitingFor(call);
    ToolCallStatus status =
        CallTable.status(
            jdbc.sql(LOCK).param("id", call.toolCallId().value()).query(String.class).single());
    return new HeldCall(call, owner, status == ToolCallStatus.WAITING);
  }

  @Override
  public void wake() {
    runtime.wake();
  }

  /** A call that is locked, with what it is part of. */
  private final class HeldCall implements Held {

    private final ToolCallRequest call;
    private final CallOwner.Waiting owner;
    private final boolean waits;

    HeldCall(ToolCallRequest call, CallOwner.Waiting owner, boolean waits) {
      this.call = call;
      this.owner = owner;
      this.waits = waits;
    }

    @Override
    public boolean waits() {
      return waits;
    }

    @Override
    public void goOn(List<AuditEvent> said) {
      jdbc.sql(GO_ON).param("id", call.toolCallId().value()).update();
      owner.goesOn(said);
    }

    @Override
    public void refuse(
        ToolCallStatus status, ErrorDetail error, Instant now, List<AuditEvent> said) {
      jdbc.sql(REFUSE)
          .param("id", call.toolCallId().value())
          .param("status", status.wire())
          .param("error", Json.mapper().writeValueAsString(error))
          .param("now", now.atOffset(ZoneOffset.UTC))
          .update();
      said.add(audits.notAllowed(call, error, now));
      owner.refused(error, said);
    }
  }
}

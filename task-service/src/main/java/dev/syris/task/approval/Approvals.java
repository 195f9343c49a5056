package dev.syris.task.approval;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.ApprovalId;
import dev.syris.contracts.id.ToolCallId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Approvals as whoever judges calls sees them; everything happens in his transaction, so that an
 * approval is used if and only if its call is started. Thread-safe.
 */
public final class Approvals {

  private final ApprovalTable table;
  private volatile Consumer<NewApproval> announce = _ -> {};

  public Approvals(JdbcClient jdbc) {
    this.table = new ApprovalTable(jdbc);
  }

  /** Told of every approval that is asked for, in the transaction that asks. */
  public void whenAsked(Consumer<NewApproval> told) {
    announce = told;
  }

  /** What was approved of these calls and not used yet; locked. */
  public Map<ToolCallId, Granted> granted(Collection<ToolCallId> calls) {
    if (calls.isEmpty()) {
      return Map.of();
    }
    var granted = new HashMap<ToolCallId, Granted>();
    table.lockGranted(calls).forEach(row -> granted.put(row.call(), row.terms()));
    return granted;
  }

  /** Asks; the answer is what the trail says of it. */
  public List<AuditEvent> ask(List<NewApproval> asked, Instant now) {
    if (asked.isEmpty()) {
      return List.of();
    }
    table.insert(asked, now);
    asked.forEach(announce);
    return asked.stream().map(one -> ApprovalAudits.required(one, now)).toList();
  }

  /** Their calls are started. */
  public void use(Collection<ApprovalId> ids, Instant now) {
    if (!ids.isEmpty()) {
      table.use(ids, now);
    }
  }

  /** What was approved is not what would run. */
  public void goStale(ApprovalId id, String because) {
    table.goStale(id, because);
  }

  /** These calls are not wanted any more. */
  public void cancel(Collection<ToolCallId> calls) {
    if (!calls.isEmpty()) {
      table.cancel(calls);
    }
  }
}

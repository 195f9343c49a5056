package dev.syris.task.notice;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.contracts.id.IdSource;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.platform.postgres.AfterCommit;
import dev.syris.task.notify.Targets;
import java.time.InstantSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where others say what the operator is to know. Thread-safe. */
public final class Notices {

  private final NoticeTable table;
  private final Targets targets;
  private final IdSource ids;
  private final InstantSource clock;
  private final Runnable wake;

  /**
   * @param wake told after each commit that brought a notice
   */
  public Notices(
      JdbcClient jdbc, Targets targets, IdSource ids, InstantSource clock, Runnable wake) {
    this.table = new NoticeTable(jdbc);
    this.targets = targets;
    this.ids = ids;
    this.clock = clock;
    this.wake = wake;
  }

  /** Tells of an alarm, as {@link #announce} does. */
  public void alarm(AuditEvent alarm) {
    announce(AlarmNotice.of(alarm));
  }

  /** Tells of a call whose outcome nobody knows, as {@link #announce} does. */
  public void unknown(ToolCallRequest call, ErrorDetail error) {
    announce(UnknownNotice.of(call, error));
  }

  /**
   * Tells every target, once the caller's transaction has committed; nobody where none is
   * configured, and nobody twice of the same.
   */
  public void announce(Notice notice) {
    if (targets.ids().isEmpty()) {
      return;
    }
    targets.ids().forEach(target -> table.insert(ids.next(), notice, target, clock.instant()));
    AfterCommit.register(wake);
  }
}

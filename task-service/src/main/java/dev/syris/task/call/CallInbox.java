package dev.syris.task.call;

import dev.syris.platform.postgres.AfterCommit;
import java.time.InstantSource;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where requests come into the runtime. Thread-safe. */
public final class CallInbox {

  private final CallTable table;
  private final InstantSource clock;
  private final ToolRuntime runtime;

  public CallInbox(JdbcClient jdbc, InstantSource clock, ToolRuntime runtime) {
    this.table = new CallTable(jdbc);
    this.clock = clock;
    this.runtime = runtime;
  }

  /**
   * Adds requests, in order, to the caller's transaction; one whose id is known is not added again.
   * Their turn comes when the transaction has committed.
   */
  public void add(List<ReceivedCall> calls) {
    if (calls.isEmpty()) {
      return;
    }
    table.insert(calls, clock.instant());
    AfterCommit.register(runtime::wake);
  }
}

package dev.syris.task.engine;

import dev.syris.contracts.audit.AuditEvent;
import dev.syris.platform.crash.CrashPoint;
import dev.syris.platform.outbox.OutboxRecord;
import dev.syris.platform.postgres.AfterCommit;
import dev.syris.task.call.Bench;
import dev.syris.task.call.Claimed;
import dev.syris.task.call.StartedCall;
import dev.syris.task.instance.Owner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Claims tasks that are ready, a batch in one transaction, and begins their steps. */
final class TaskClaims {

  static final int PAUSED = -1;

  private final EngineParts parts;
  private final TaskQueries queries;
  private final Advance advance;
  private final TaskBatch batch;
  private final TaskAudits audits;

  TaskClaims(EngineParts parts, Advance advance, TaskBatch batch) {
    this.parts = parts;
    this.queries = new TaskQueries(parts.jdbc());
    this.advance = advance;
    this.batch = batch;
    this.audits = new TaskAudits(parts.ids());
  }

  /**
   * Claims at most so many, and sends the calls of their steps.
   *
   * @return how many there were; {@link #PAUSED} where nothing may be started
   */
  int next(Owner me, int limit) {
    var count = new AtomicInteger();
    parts
        .starter()
        .start(claimed -> parts.transaction().execute(_ -> claim(me, limit, claimed, count)));
    return count.get();
  }

  private List<StartedCall> claim(Owner me, int limit, Claimed claimed, AtomicInteger count) {
    Instant now = parts.clock().instant();
    Bench bench = parts.starter().open(now);
    if (bench.paused()) {
      count.set(PAUSED);
      return List.of();
    }
    List<TaskWork> works =
        queries.lockReady(now, limit).stream().map(row -> new TaskWork(row, audits)).toList();
    count.set(works.size());
    if (works.isEmpty()) {
      return List.of();
    }
    var said = new ArrayList<AuditEvent>();
    List<StartedCall> started = advance.begin(works, claimed, me, bench, said);
    batch.write(works, now);
    parts.outbox().append(said.stream().map(OutboxRecord::audit).toList());
    CrashPoint.reach("claim.before-commit");
    AfterCommit.register(() -> CrashPoint.reach("claim.after-commit"));
    return started;
  }
}

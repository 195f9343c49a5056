package dev.syris.benchmarks.task;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** One way through for one engine: a number of tasks from nothing to done. */
final class Pass {

  private static final Duration LOOK = Duration.ofMillis(2);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final TaskDatabase database;
  private final int tasks;
  private final String payload;

  Pass(TaskDatabase database, int tasks, String payload) {
    this.database = database;
    this.tasks = tasks;
    this.payload = payload;
  }

  /** Tasks a second put in while nothing ran, and then run while nothing was put in. */
  record Apart(double created, double executed) {}

  /**
   * All are put in, then all are run. Running counts from the first task that begins until the
   * database knows all to be done, so that starting is left out.
   */
  Apart apart(Contender contender) {
    var executions = new Executions(tasks, payload);
    try (TaskEngineUnderTest engine = contender.prepare(database, executions)) {
      long start = System.nanoTime();
      engine.enqueue(tasks, payload);
      long put = System.nanoTime();
      engine.begin();
      long done = awaitAllDone(contender, engine, executions);
      return new Apart(perSecond(put - start), perSecond(done - executions.firstAt()));
    }
  }

  /**
   * Tasks a second, put into an engine that runs; from the first that is put in until the database
   * knows all to be done.
   */
  double together(Contender contender) {
    var executions = new Executions(tasks, payload);
    try (TaskEngineUnderTest engine = contender.prepare(database, executions)) {
      engine.begin();
      long start = System.nanoTime();
      engine.enqueue(tasks, payload);
      return perSecond(awaitAllDone(contender, engine, executions) - start);
    }
  }

  /** The time when all were done; looks at the database only after the last task ran. */
  private long awaitAllDone(
      Contender contender, TaskEngineUnderTest engine, Executions executions) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!executions.isComplete() || engine.unfinished() > 0) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "%s was not done after %s: %s"
                .formatted(contender.name(), PATIENCE, executions.faults()));
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
    long done = System.nanoTime();
    String faults = executions.faults();
    if (!faults.isEmpty()) {
      throw new IllegalStateException(
          "%s is not to be compared: %s".formatted(contender.name(), faults));
    }
    return done;
  }

  private double perSecond(long nanos) {
    return tasks * 1e9 / nanos;
  }
}

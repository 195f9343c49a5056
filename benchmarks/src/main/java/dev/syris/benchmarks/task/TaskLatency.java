package dev.syris.benchmarks.task;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * One-step tasks put into an idle engine, one every 20 to 50 ms: how long it takes from before the
 * task is written until the tool runs. Between the two are two durable commits: of the task, and of
 * the {@code STARTED} of its call. System properties: {@code tasks} (2000), {@code warmup} (500).
 */
public final class TaskLatency {

  private static final String PAYLOAD = "{\"note\":\"" + "x".repeat(1024 - 11) + "\"}";
  private static final long SHORTEST_PAUSE = Duration.ofMillis(20).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofMillis(50).toNanos();
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private TaskLatency() {}

  public static void main(String[] args) {
    int warmUp = Integer.getInteger("warmup", 500);
    int tasks = warmUp + Integer.getInteger("tasks", 2000);
    var executions = new Executions(tasks, PAYLOAD);
    long[] putAt = new long[tasks];
    long[] committedAt = new long[tasks];
    try (TaskDatabase database = TaskDatabase.start();
        SyrisEngine engine = SyrisEngine.prepare(database, executions)) {
      engine.begin();
      for (int i = 0; i < tasks; i++) {
        LockSupport.parkNanos(
            ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE, LONGEST_PAUSE + 1));
        putAt[i] = System.nanoTime();
        engine.enqueueOne(i, PAYLOAD);
        committedAt[i] = System.nanoTime();
      }
      awaitAll(executions);
    }
    if (!executions.faults().isEmpty()) {
      throw new IllegalStateException("no figure: " + executions.faults());
    }
    print("created to committed", putAt, committedAt, warmUp);
    long[] begunAt = new long[tasks];
    Arrays.setAll(begunAt, executions::begunAt);
    print("created to first step running", putAt, begunAt, warmUp);
  }

  private static void awaitAll(Executions executions) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!executions.isComplete() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static void print(String figure, long[] from, long[] to, int leaveOut) {
    double[] millis = new double[from.length - leaveOut];
    Arrays.setAll(millis, i -> (to[i + leaveOut] - from[i + leaveOut]) / 1e6);
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%s: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, max %.1f ms (n=%d)%n",
        figure,
        at(millis, 0.5),
        at(millis, 0.95),
        at(millis, 0.99),
        millis[millis.length - 1],
        millis.length);
  }

  private static double at(double[] sorted, double share) {
    return sorted[Math.min(sorted.length - 1, (int) Math.ceil(share * sorted.length) - 1)];
  }
}

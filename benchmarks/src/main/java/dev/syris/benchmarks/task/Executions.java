package dev.syris.benchmarks.task;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Which tasks of one pass ran, and when the first of them began. Thread-safe. */
final class Executions {

  private final AtomicIntegerArray times;
  private final AtomicLongArray begunAt;
  private final String payload;
  private final AtomicInteger ran = new AtomicInteger();
  private final AtomicInteger wrongPayload = new AtomicInteger();
  private final AtomicLong firstAt = new AtomicLong();

  /**
   * @param payload what each task must be given
   */
  Executions(int tasks, String payload) {
    this.times = new AtomicIntegerArray(tasks);
    this.begunAt = new AtomicLongArray(tasks);
    this.payload = payload;
  }

  /** The work of the task itself. */
  void run(int task, String given) {
    long now = System.nanoTime();
    firstAt.compareAndSet(0, now);
    begunAt.compareAndSet(task, 0, now);
    if (!given.equals(payload)) {
      wrongPayload.incrementAndGet();
    }
    if (times.getAndIncrement(task) == 0) {
      ran.incrementAndGet();
    }
  }

  boolean isComplete() {
    return ran.get() == times.length();
  }

  /** On the clock of {@link System#nanoTime()}; 0 where none ran yet. */
  long firstAt() {
    return firstAt.get();
  }

  /** When a task first ran, on the same clock; 0 where it did not. */
  long begunAt(int task) {
    return begunAt.get(task);
  }

  /** What was not as it should be; empty where each task ran once with its payload. */
  String faults() {
    int repeated = 0;
    for (int i = 0; i < times.length(); i++) {
      repeated += times.get(i) > 1 ? 1 : 0;
    }
    int missing = times.length() - ran.get();
    return missing + repeated + wrongPayload.get() == 0
        ? ""
        : "%d never ran, %d ran more than once, %d were given something else"
            .formatted(missing, repeated, wrongPayload.get());
  }
}

package dev.syris.task.call;

import dev.syris.contracts.id.ToolCallId;
import dev.syris.platform.time.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this process has started and not yet recorded, bounded. A call is in here from before its
 * {@code STARTED} is committed until its outcome is: so one that is started in this process's name
 * and not in here was never sent. Thread-safe.
 */
final class InFlight {

  private final int capacity;
  private final Signal freed;
  private volatile Runnable alsoFreed = () -> {};
  private final Map<ToolCallId, Integer> attempts = new ConcurrentHashMap<>();

  /**
   * @param capacity calls at most at the same time
   * @param freed raised whenever there is room again
   */
  InFlight(int capacity, Signal freed) {
    this.capacity = capacity;
    this.freed = freed;
  }

  /** Told, too, whenever there is room again. */
  void whenFreed(Runnable told) {
    alsoFreed = told;
  }

  int room() {
    return Math.max(0, capacity - attempts.size());
  }

  int size() {
    return attempts.size();
  }

  /** This attempt is under way, and no earlier one of the same call. */
  void begin(ToolCallId call, int attempt) {
    attempts.put(call, attempt);
  }

  /** This attempt is over; nothing happens where a later one is under way. */
  void end(ToolCallId call, int attempt) {
    boolean wasFull = room() == 0;
    if (attempts.remove(call, attempt) && wasFull) {
      freed.raise();
      alsoFreed.run();
    }
    synchronized (this) {
      notifyAll();
    }
  }

  List<String> ids() {
    return attempts.keySet().stream().map(ToolCallId::toString).toList();
  }

  /** Waits until nothing is under way, or for the time given. */
  synchronized void awaitEmpty(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    for (long left = atMost.toNanos();
        !attempts.isEmpty() && left > 0;
        left = end - System.nanoTime()) {
      wait(Math.max(1, left / 1_000_000));
    }
  }
}

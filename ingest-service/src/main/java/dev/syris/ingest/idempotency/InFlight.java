package dev.syris.ingest.idempotency;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets the repeats of one request through one after another, so that a second one finds the first
 * one's answer instead of writing its events again. Only within this process: what slips through
 * elsewhere has the same event ids and is dropped by the pipeline. Thread-safe.
 */
public final class InFlight {

  private final ConcurrentHashMap<RequestId, CountDownLatch> running = new ConcurrentHashMap<>();

  /**
   * Does the work when no other request of this id is at it; nothing where that takes longer than
   * the time given.
   */
  public <T> Optional<T> alone(RequestId id, Duration patience, Supplier<T> work) {
    long deadline = System.nanoTime() + patience.toNanos();
    var mine = new CountDownLatch(1);
    for (CountDownLatch other = running.putIfAbsent(id, mine);
        other != null;
        other = running.putIfAbsent(id, mine)) {
      if (!ended(other, deadline)) {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(work.get());
    } finally {
      running.remove(id, mine);
      mine.countDown();
    }
  }

  private static boolean ended(CountDownLatch other, long deadline) {
    try {
      return other.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

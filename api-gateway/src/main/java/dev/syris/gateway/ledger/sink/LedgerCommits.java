package dev.syris.gateway.ledger.sink;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/**
 * Tells this process how far the trail has grown, after each commit. A hint to look, not a promise:
 * another instance of the gateway may be the one that writes, so whoever waits also looks now and
 * then by itself. Thread-safe.
 */
public final class LedgerCommits {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();
  private volatile long head;

  /** Ends a subscription. */
  @FunctionalInterface
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /** Sequence of the newest row known; 0 before the first. */
  public long head() {
    return head;
  }

  /**
   * Waits until there is a row behind {@code sequence}, or for the time given.
   *
   * @return the newest sequence known
   */
  public long awaitBeyond(long sequence, Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    if (head > sequence) {
      return head;
    }
    lock.lockInterruptibly();
    try {
      while (head <= sequence && left > 0) {
        left = grown.awaitNanos(left);
      }
      return head;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Calls with the newest sequence after each commit, on the thread that writes: to be quick, and
   * not to throw.
   */
  public Subscription listen(LongConsumer listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  void committed(long sequence) {
    if (sequence == head) {
      return;
    }
    lock.lock();
    try {
      head = sequence;
      grown.signalAll();
    } finally {
      lock.unlock();
    }
    listeners.forEach(listener -> listener.accept(sequence));
  }
}

package dev.syris.platform.outbox;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the relay in this process. Raising it twice before it is seen is raising it once. */
public final class OutboxSignal {

  private final Semaphore raised = new Semaphore(0);

  void raise() {
    if (raised.availablePermits() == 0) {
      raised.release();
    }
  }

  /** Waits until raised, or for the time given. */
  void await(Duration atMost) throws InterruptedException {
    if (raised.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
      raised.drainPermits();
    }
  }
}

package dev.syris.task.call;

import dev.syris.contracts.id.ToolCallId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets who brings a call wait until it was judged here. Thread-safe. */
final class RoundEnds {

  private final Map<ToolCallId, CountDownLatch> awaited = new ConcurrentHashMap<>();

  /** To be said before the call is there to be judged. */
  Awaited expect(ToolCallId call) {
    var judged = new CountDownLatch(1);
    awaited.put(call, judged);
    return new Awaited(call, judged);
  }

  /** These calls were judged, and what became of it is committed. */
  void tell(Collection<ToolCallId> calls) {
    if (awaited.isEmpty()) {
      return;
    }
    for (ToolCallId call : calls) {
      CountDownLatch judged = awaited.get(call);
      if (judged != null) {
        judged.countDown();
      }
    }
  }

  /** A call somebody waits for; to be closed. */
  final class Awaited implements AutoCloseable {

    private final ToolCallId call;
    private final CountDownLatch judged;

    private Awaited(ToolCallId call, CountDownLatch judged) {
      this.call = call;
      this.judged = judged;
    }

    /** Waits until it is judged, or for the time given. */
    void await(Duration atMost) {
      try {
        judged.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      awaited.remove(call, judged);
    }
  }
}

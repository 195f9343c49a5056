package dev.syris.task.call;

import dev.syris.contracts.id.ToolCallId;
import dev.syris.platform.crash.CrashPoint;
import dev.syris.task.tool.ToolAction;
import dev.syris.task.tool.ToolAnswer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Sends calls whose {@code STARTED} is committed: each on a virtual thread of its own, up to its
 * timeout. What is answered after that is handed on too, for evidence. Thread-safe.
 */
final class CallRunner {

  private final Consumer<Ending> ended;
  private final BiConsumer<ToolCallId, Integer> left;
  private final Map<ToolCallId, Worker> workers = new ConcurrentHashMap<>();

  private volatile boolean abandoned;

  /**
   * @param left told of a call that was cut off and is to be taken up again when work goes on
   */
  CallRunner(Consumer<Ending> ended, BiConsumer<ToolCallId, Integer> left) {
    this.ended = ended;
    this.left = left;
  }

  /** Who makes a call. */
  private static final class Worker {
    private final Thread thread = Thread.currentThread();
    private volatile boolean unwanted;
    private volatile boolean halted;

    /** Whether the call, cut off by a halt, is taken up again when work goes on. */
    boolean leaves(StartedCall call) {
      return halted && call.effect().repeatable();
    }

    void cutOff() {
      unwanted = true;
      thread.interrupt();
    }
  }

  void send(StartedCall call) {
    switch (call.registered().action()) {
      case ToolAction.Transactional action -> ended.accept(new Ending.Applying(call, action));
      case ToolAction.Calling action ->
          Thread.ofVirtual()
              .name("call-" + call.request().toolCallId())
              .start(() -> work(call, action));
    }
  }

  private void work(StartedCall call, ToolAction.Calling action) {
    var worker = new Worker();
    ToolCallId id = call.request().toolCallId();
    workers.put(id, worker);
    try {
      if (System.nanoTime() - call.sendByNanos() > 0) {
        ended.accept(new Ending.NotSent(call));
      } else {
        call(call, action, worker);
      }
    } finally {
      workers.remove(id, worker);
    }
  }

  /** Whoever completes {@code over} first, the answer or the clock, says how the attempt ended. */
  private void call(StartedCall call, ToolAction.Calling action, Worker worker) {
    long begin = System.nanoTime();
    var over = new CompletableFuture<Ending>();
    long timeout = call.registered().definition().timeout().toNanos();
    over.orTimeout(timeout, TimeUnit.NANOSECONDS)
        .exceptionally(_ -> new Ending.TimedOut(call, millisSince(begin)))
        .thenAccept(
            ending -> {
              if (ending instanceof Ending.TimedOut) {
                worker.thread.interrupt();
              }
              if (worker.leaves(call) && ending instanceof Ending.TimedOut) {
                left.accept(call.request().toolCallId(), call.attempt());
              } else if (!abandoned) {
                ended.accept(ending);
              }
            });
    ToolAnswer answer;
    try {
      CrashPoint.reach("send.before");
      answer = action.call(call.invocation());
      CrashPoint.reach("send.after");
    } catch (InterruptedException e) {
      if (abandoned || !worker.unwanted || worker.leaves(call)) {
        // by the timeout, which has said so, by the end of this process, which says nothing, or by
        // a
        // halt, after which it is taken up again
        over.cancel(false);
        return;
      }
      answer = Settlement.ofInterrupt(call.effect());
    } catch (RuntimeException e) {
      answer = Settlement.ofFault(call.effect(), e);
    }
    if (worker.leaves(call) && !(answer instanceof ToolAnswer.Succeeded)) {
      over.cancel(false);
      return;
    }
    var answered = new Ending.Answered(call, answer, millisSince(begin));
    if (!over.complete(answered) && !abandoned) {
      ended.accept(answered);
    }
  }

  /** Cuts off a call nobody wants any more, if it is under way here; how it ended is recorded. */
  void interrupt(ToolCallId call) {
    Worker worker = workers.get(call);
    if (worker != null) {
      worker.cutOff();
    }
  }

  /**
   * Cuts off all that is under way. What may be repeated stays started, to be taken up again; of
   * the rest it is recorded how it ended.
   */
  void halt() {
    workers
        .values()
        .forEach(
            worker -> {
              worker.halted = true;
              worker.cutOff();
            });
  }

  /** Gives up on whatever is still running: it stays started, and is taken over like a crash's. */
  void abandon() {
    abandoned = true;
    workers.values().forEach(worker -> worker.thread.interrupt());
  }

  private static long millisSince(long beginNanos) {
    return (System.nanoTime() - beginNanos) / 1_000_000;
  }
}

package dev.syris.task.call;

import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.task.instance.Owner;
import dev.syris.task.tool.ToolAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The thread that records outcomes: all that have gathered while it wrote the last ones, in one
 * transaction. While the database is away it holds on to them. One that the database refuses is
 * written alone, so that it harms no other.
 */
final class OutcomeWriter {

  private static final Logger LOG = LoggerFactory.getLogger(OutcomeWriter.class);
  private static final int BATCH = 256;
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final Duration STOP = Duration.ofMillis(500);

  private final Outcomes outcomes;
  private final InFlight inFlight;
  private final Supplier<@Nullable Owner> owner;
  private final Consumer<StartedCall> sendAgain;
  private final CallMeters meters;
  private final BlockingQueue<Ending> queue = new LinkedBlockingQueue<>();

  private volatile boolean running;
  private @Nullable Thread thread;

  OutcomeWriter(
      Outcomes outcomes,
      InFlight inFlight,
      Supplier<@Nullable Owner> owner,
      Consumer<StartedCall> sendAgain,
      CallMeters meters) {
    this.outcomes = outcomes;
    this.inFlight = inFlight;
    this.owner = owner;
    this.sendAgain = sendAgain;
    this.meters = meters;
  }

  void submit(Ending ending) {
    queue.add(ending);
  }

  void start() {
    running = true;
    thread = Thread.ofPlatform().name("syris-task-outcomes").start(this::run);
  }

  private void run() {
    try {
      while (running || !queue.isEmpty()) {
        var batch = new ArrayList<Ending>();
        Ending first = queue.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, BATCH - 1);
          record(batch);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("stopped with {} outcomes that are not recorded", queue.size());
    }
  }

  /** Until it is recorded. */
  private void record(List<Ending> batch) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (!batch.isEmpty()) {
      Owner me = owner.get();
      if (me == null) {
        throw new IllegalStateException("an outcome without an owner");
      }
      try {
        done(batch, outcomes.record(batch, me));
        return;
      } catch (FencedException e) { // just now; the next time they are kept as evidence
        LOG.warn("{} outcomes are refused: {}", batch.size(), e.getMessage());
      } catch (TransientDataAccessException
          | DataAccessResourceFailureException
          | TransactionException e) {
        LOG.warn("{} outcomes wait, the database is away: {}", batch.size(), e.getMessage());
        Thread.sleep(pause);
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
      } catch (RuntimeException e) {
        if (batch.size() > 1) { // one harms the others
          for (Ending ending : batch) {
            record(new ArrayList<>(List.of(ending)));
          }
          return;
        }
        LOG.error(
            "the outcome of {} is refused", batch.getFirst().call().request().toolCallId(), e);
        if (e instanceof DataIntegrityViolationException || !(e instanceof DataAccessException)) {
          batch.set(0, reduced(batch.getFirst(), e));
        }
        Thread.sleep(pause);
        pause = LONGEST_PAUSE;
      }
    }
  }

  /** What is left to say when it can't be recorded as it is. */
  private static Ending reduced(Ending refused, RuntimeException e) {
    return switch (refused) {
      case Ending.Answered(var call, var answer, long latencyMs) ->
          new Ending.Answered(call, Settlement.withoutOutput(answer), latencyMs);
      case Ending.Applying(var call, var _) -> {
        String message = "the effect was refused by the database: " + e.getClass().getSimpleName();
        yield new Ending.Answered(
            call, new ToolAnswer.Failed(ErrorDetail.permanent("tool.fault", message)), 0);
      }
      case Ending.TimedOut _, Ending.NotSent _ -> refused;
    };
  }

  private void done(List<Ending> batch, List<StartedCall> again) {
    again.forEach(call -> inFlight.begin(call.request().toolCallId(), call.attempt()));
    for (Ending ending : batch) {
      inFlight.end(ending.call().request().toolCallId(), ending.call().attempt());
      meters.ended(ending);
    }
    again.forEach(sendAgain);
  }

  /** Records what has gathered, and ends. */
  void stop() {
    running = false;
    Thread stopping = thread;
    if (stopping == null) {
      return;
    }
    try {
      if (queue.isEmpty() || !stopping.join(STOP)) {
        stopping.interrupt();
      }
      stopping.join(STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.syris.task.call;

import dev.syris.contracts.tool.ToolCallRequest;
import dev.syris.platform.time.Signal;
import dev.syris.task.TaskSettings;
import dev.syris.task.control.Controls;
import dev.syris.task.instance.Instance;
import dev.syris.task.instance.Owner;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The tool runtime: received calls are judged and started in the order they came, sent, and
 * recorded. One thread starts, one records, each call has a virtual thread of its own between the
 * two.
 */
public final class ToolRuntime implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(ToolRuntime.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration STOP = Duration.ofMillis(500);

  private final Instance instance;
  private final TaskSettings settings;
  private final Signal work;
  private final InFlight inFlight;
  private final Dispatch dispatch;
  private final Recovery recovery;
  private final CallRunner runner;
  private final OutcomeWriter writer;
  private final RoundEnds dealtWith = new RoundEnds();

  private final Controls controls;
  private final WaitingCalls waiting;
  private final CallStarter starter;
  private final CallTakeOver takeOver;
  private volatile CallOwner callOwner = CallOwner.NOBODY;

  private volatile boolean running;
  private @Nullable Thread thread;
  private long recoverAtNanos;

  public ToolRuntime(
      RuntimeParts parts, Instance instance, TaskSettings settings, MeterRegistry meters) {
    this.controls = parts.gate().controls();
    this.waiting = new WaitingCalls(parts, this);
    this.instance = instance;
    this.settings = settings;
    this.work = new Signal();
    this.inFlight = new InFlight(settings.concurrency(), work);
    instance.onReady(work::raise);
    this.dispatch = new Dispatch(parts, inFlight);
    this.recovery = new Recovery(parts, inFlight);
    this.runner = new CallRunner(this::ended, inFlight::end);
    controls.whenChanged(this::changed);
    this.starter = new CallStarter(parts, inFlight, runner);
    this.takeOver = new CallTakeOver(recovery);
    this.writer =
        new OutcomeWriter(
            new Outcomes(parts, inFlight, this::hold),
            inFlight,
            instance::identity,
            runner::send,
            new CallMeters(meters, inFlight));
  }

  /** Whose calls are part of something bigger; to be said before the start. */
  public void belongTo(CallOwner calls) {
    callOwner = calls;
  }

  /** The calls somebody is asked about. */
  public WaitingCalls waiting() {
    return waiting;
  }

  /** Told of every round of the dispatcher, with the calls it dealt with; for who waits for one. */
  RoundEnds dealtWith() {
    return dealtWith;
  }

  CallOwner.Waiting waitingFor(ToolCallRequest call) {
    return callOwner.waiting(call);
  }

  CallOwner.Resolving resolving(ToolCallRequest call) {
    return callOwner.resolving(call);
  }

  private CallOwner.Hold hold(Collection<ToolCallRequest> calls, Owner owner) {
    return callOwner.hold(calls, owner);
  }

  /** Told whenever there is room for calls again; to be said before the start. */
  public void whenRoom(Runnable told) {
    inFlight.whenFreed(told);
  }

  /** For who decides by himself when a call is made. */
  public CallStarter starter() {
    return starter;
  }

  /** For who takes over the calls of another process by himself. */
  public CallTakeOver takeOver() {
    return takeOver;
  }

  /** New rows have been committed. */
  public void wake() {
    work.raise();
  }

  private void ended(Ending ending) {
    writer.submit(ending);
  }

  @Override
  public void start() {
    running = true;
    writer.start();
    thread = Thread.ofPlatform().name("syris-task-dispatch").start(this::run);
  }

  private void run() {
    Duration pause = settings.poll();
    while (running) {
      try {
        Owner owner = instance.owner();
        boolean more = owner != null && round(owner);
        pause = settings.poll();
        if (!more) {
          work.await(pause);
        }
      } catch (InterruptedException e) {
        running = false;
      } catch (FencedException e) {
        instance.fenced();
      } catch (RuntimeException e) {
        LOG.warn("received calls wait: {}", e.toString());
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
        rest(pause);
      }
    }
  }

  /** The controls were changed by this process. */
  private void changed() {
    cutOffIfHalted();
    work.raise();
  }

  private void cutOffIfHalted() {
    if (inFlight.size() > 0 && controls.now().halted()) {
      runner.halt();
    }
  }

  private boolean round(Owner owner) {
    recoverIfDue(owner);
    int room = inFlight.room();
    if (room == 0) {
      return false;
    }
    Dispatch.Round round = dispatch.next(owner, room);
    round.started().forEach(runner::send);
    dealtWith.tell(round.dealtWith());
    return round.more();
  }

  private void recoverIfDue(Owner owner) {
    long now = System.nanoTime();
    int room = inFlight.room();
    if (now - recoverAtNanos < 0) {
      return;
    }
    cutOffIfHalted();
    if (room == 0) {
      return;
    }
    List<StartedCall> again = recovery.next(owner, room);
    again.forEach(runner::send);
    if (again.size() < room) {
      recoverAtNanos = now + settings.poll().toNanos();
    }
  }

  private void rest(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      running = false;
    }
  }

  /** Starts nothing more, gives what is running a moment, records what has ended. */
  @Override
  public void stop() {
    running = false;
    work.raise();
    Thread stopping = thread;
    if (stopping == null) {
      return;
    }
    try {
      if (!stopping.join(STOP)) {
        stopping.interrupt();
        stopping.join(STOP);
      }
      inFlight.awaitEmpty(settings.stopGrace());
      runner.abandon();
      writer.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** After the outbox and the instance, before what brings calls. */
  @Override
  public int getPhase() {
    return -100;
  }
}

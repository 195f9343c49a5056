package dev.syris.task.engine;

import dev.syris.contracts.id.ToolCallId;
import dev.syris.platform.time.Signal;
import dev.syris.task.TaskSettings;
import dev.syris.task.call.FencedException;
import dev.syris.task.call.ToolRuntime;
import dev.syris.task.instance.Instance;
import dev.syris.task.instance.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The loop that claims what is ready: woken by commits of this process, by the next due time, and,
 * for what others did, by a poll. Thread-safe.
 */
public final class TaskEngine implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(TaskEngine.class);
  private static final int BATCH = 256;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration STOP = Duration.ofMillis(500);

  private final Instance instance;
  private final EngineParts parts;
  private final Duration poll;
  private final Signal work = new Signal();
  private final TaskQueries queries;
  private final TaskClaims claims;
  private final TaskTakeOver takeOver;

  private volatile boolean running;
  private volatile @Nullable String failure;
  private @Nullable Thread thread;
  private long pollAtNanos;

  TaskEngine(EngineParts parts, Instance instance, TaskSettings settings, ToolRuntime calls) {
    this.parts = parts;
    this.instance = instance;
    this.poll = settings.poll();
    this.queries = new TaskQueries(parts.jdbc());
    var advance = new Advance(parts);
    var batch = new TaskBatch(new TaskTable(parts.jdbc()), this::wake);
    this.claims = new TaskClaims(parts, advance, batch);
    this.takeOver = new TaskTakeOver(parts, advance, batch, calls.takeOver());
    calls.belongTo(new StepCalls(parts, advance, batch, () -> running));
    calls.whenRoom(this::wake);
    instance.onReady(this::wake);
    parts.gate().controls().whenChanged(this::wake);
  }

  /** Something may be ready. */
  void wake() {
    work.raise();
  }

  /** Why the last round failed; null while all is well. */
  @Nullable String failure() {
    return failure;
  }

  @Override
  public void start() {
    running = true;
    pollAtNanos = System.nanoTime();
    thread = Thread.ofPlatform().name("syris-task-engine").start(this::run);
  }

  private void run() {
    Duration pause = poll;
    while (running) {
      try {
        Owner owner = instance.owner();
        Duration idle = owner == null ? poll : round(owner);
        failure = null;
        pause = poll;
        if (idle.isPositive()) {
          work.await(idle);
        }
      } catch (InterruptedException e) {
        running = false;
      } catch (FencedException e) {
        instance.fenced();
      } catch (RuntimeException e) {
        failure = e.getClass().getSimpleName();
        LOG.warn("tasks wait: {}", e.toString());
        pause = pause.multipliedBy(2);
        rest(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
      }
    }
  }

  /** Claims what is ready; says how long there is nothing to do. */
  private Duration round(Owner owner) {
    if (System.nanoTime() - pollAtNanos >= 0) {
      lookRound(owner);
    }
    int limit = Math.min(BATCH, parts.starter().room());
    if (limit == 0) {
      return poll; // or until there is room
    }
    int claimed = claims.next(owner, limit);
    if (claimed == limit) {
      return Duration.ZERO;
    } else if (claimed == TaskClaims.PAUSED) {
      return poll; // or until somebody resumes
    }
    Instant now = parts.clock().instant();
    Optional<Instant> next = queries.nextReady();
    Duration left = next.map(ready -> Duration.between(now, ready)).orElse(poll);
    return left.compareTo(poll) > 0 ? poll : left.plusMillis(1);
  }

  /** What other processes left or asked for. */
  private void lookRound(Owner owner) {
    while (parts.starter().room() > 0 && takeOver.next(owner, parts.starter().room()) > 0) {
      LOG.info("took over tasks that were interrupted");
    }
    queries.unwanted(owner).forEach(call -> parts.starter().interrupt(ToolCallId.parse(call)));
    pollAtNanos = System.nanoTime() + poll.toNanos();
  }

  private void rest(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      running = false;
    }
  }

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
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** After the runtime, so that it stops before it. */
  @Override
  public int getPhase() {
    return -90;
  }
}

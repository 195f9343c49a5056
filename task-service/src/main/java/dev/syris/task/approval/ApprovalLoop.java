package dev.syris.task.approval;

import dev.syris.platform.time.Signal;
import dev.syris.task.control.Controls;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Lets approvals and levels that were given for a time expire: sleeps until the next is due, never
 * longer than a poll, so that a clock that is set is seen.
 */
final class ApprovalLoop implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(ApprovalLoop.class);
  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration STOP = Duration.ofMillis(500);

  private final ApprovalCommands commands;
  private final Controls controls;
  private final InstantSource clock;
  private final Duration poll;
  private final Signal signal = new Signal();

  private volatile boolean running;
  private @Nullable Thread thread;

  ApprovalLoop(ApprovalCommands commands, Controls controls, InstantSource clock, Duration poll) {
    this.commands = commands;
    this.controls = controls;
    this.clock = clock;
    this.poll = poll;
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().name("syris-task-approvals").start(this::run);
  }

  private void run() {
    while (running) {
      Duration pause = poll;
      try {
        pause = round();
      } catch (RuntimeException e) {
        LOG.warn("approvals don't expire for now: {}", e.toString());
      }
      try {
        signal.await(pause);
      } catch (InterruptedException e) {
        running = false;
      }
    }
  }

  private Duration round() {
    controls.noteExpiry();
    Instant next = commands.expire().orElse(Instant.MAX);
    Instant now = clock.instant();
    if (next.isAfter(now.plus(poll))) {
      return poll;
    }
    Duration left = Duration.between(now, next);
    return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
  }

  @Override
  public void stop() {
    running = false;
    signal.raise();
    Thread stopping = thread;
    if (stopping == null) {
      return;
    }
    try {
      if (!stopping.join(STOP)) {
        stopping.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return -200;
  }
}

package dev.syris.task.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks at the policy's file from time to time. */
final class PolicyLoop implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(PolicyLoop.class);
  private static final Duration STOP = Duration.ofMillis(500);

  private final PolicyKeeper keeper;
  private final Duration pause;

  private volatile boolean running;
  private @Nullable Thread thread;

  PolicyLoop(PolicyKeeper keeper, Duration pause) {
    this.keeper = keeper;
    this.pause = pause;
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofVirtual().name("syris-task-policy").start(this::run);
  }

  private void run() {
    try {
      while (running) {
        look();
        Thread.sleep(pause);
      }
    } catch (InterruptedException e) {
      running = false;
    }
  }

  private void look() {
    try {
      keeper.look();
    } catch (RuntimeException e) { // said again at the next look
      LOG.warn("the policy is not taken: {}", e.toString());
    }
  }

  @Override
  public void stop() {
    running = false;
    Thread stopping = thread;
    if (stopping == null) {
      return;
    }
    stopping.interrupt();
    try {
      stopping.join(STOP);
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

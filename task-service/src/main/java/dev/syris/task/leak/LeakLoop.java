package dev.syris.task.leak;

import dev.syris.platform.time.Signal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** The thread that keeps up with the vault and with alarms that wait, once a second. */
final class LeakLoop implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(LeakLoop.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration STOP = Duration.ofMillis(500);

  private final KnownSecrets secrets;
  private final LeakAlarms alarms;
  private final Signal stopped = new Signal();

  private volatile boolean running;
  private @Nullable Thread thread;

  LeakLoop(KnownSecrets secrets, LeakAlarms alarms) {
    this.secrets = secrets;
    this.alarms = alarms;
  }

  /** Knows the secrets before anything is called, where the database is there. */
  @Override
  public void start() {
    running = true;
    round();
    thread = Thread.ofPlatform().name("syris-task-leaks").start(this::loop);
  }

  private void loop() {
    while (running) {
      try {
        stopped.await(PAUSE);
        round();
      } catch (InterruptedException e) {
        running = false;
      }
    }
  }

  private void round() {
    try {
      secrets.refresh();
      alarms.flush();
    } catch (RuntimeException e) {
      LOG.warn("secrets to look for can't be read now: {}", e.getMessage());
    }
  }

  @Override
  public void stop() {
    running = false;
    stopped.raise();
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

  /** Before the runtime and after it. */
  @Override
  public int getPhase() {
    return -200;
  }
}

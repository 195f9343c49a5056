package dev.syris.task.integration;

import dev.syris.platform.time.Signal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** The thread that keeps memory and database together, once a second. */
final class IntegrationLoop implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(IntegrationLoop.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration STOP = Duration.ofMillis(500);

  private final Integrations integrations;
  private final Signal stopped = new Signal();

  private volatile boolean running;
  private @Nullable Thread thread;

  IntegrationLoop(Integrations integrations) {
    this.integrations = integrations;
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().name("syris-task-integrations").start(this::loop);
  }

  private void loop() {
    while (running) {
      try {
        stopped.await(PAUSE);
        integrations.exchange();
      } catch (InterruptedException e) {
        running = false;
      } catch (RuntimeException e) {
        LOG.warn("how tools fare can't be written now: {}", e.getMessage());
      }
    }
  }

  /** Writes what has gathered. */
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

  /** Stops after the runtime. */
  @Override
  public int getPhase() {
    return -200;
  }
}

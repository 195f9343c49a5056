package dev.syris.task.integration;

import dev.syris.platform.time.Loop;
import java.time.Duration;

/** The thread that keeps memory and database together, once a second. */
final class IntegrationLoop extends Loop {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Integrations integrations;

  IntegrationLoop(Integrations integrations) {
    super("syris-task-integrations", PAUSE, "how tools fare can't be written now");
    this.integrations = integrations;
  }

  @Override
  protected Duration round() {
    integrations.exchange();
    return PAUSE;
  }

  /** Writes what has gathered. */
  @Override
  protected void last() {
    integrations.exchange();
  }
}

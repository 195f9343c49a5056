package dev.syris.task.leak;

import dev.syris.platform.time.Loop;
import java.time.Duration;

/** The thread that keeps up with the vault and with alarms that wait, once a second. */
final class LeakLoop extends Loop {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final KnownSecrets secrets;
  private final LeakAlarms alarms;

  LeakLoop(KnownSecrets secrets, LeakAlarms alarms) {
    super("syris-task-leaks", PAUSE, "secrets to look for can't be read now");
    this.secrets = secrets;
    this.alarms = alarms;
  }

  /** Knows the secrets before anything is called, where the database is there. */
  @Override
  public void start() {
    try {
      round();
    } catch (RuntimeException _) {
      // the first round says it
    }
    super.start();
  }

  @Override
  protected Duration round() {
    secrets.refresh();
    alarms.flush();
    return PAUSE;
  }
}

package dev.syris.task.policy;

import java.util.Set;

/** One version of the policy. Immutable. */
public interface Policy {

  /** A hash of what it says, the same for two files that say the same. */
  String version();

  /** Pure. */
  Assessment assess(Subject subject);

  /** How many notifications may be sent in an hour. */
  int notificationsPerHour();

  /** Names of the quiet hours it depends on. */
  Set<String> quietHours();

  /** The line of its file that names some quiet hours, from 1; 0 where that is not known. */
  default int lineOf(String quietHours) {
    return 0;
  }
}

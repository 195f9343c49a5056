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
}

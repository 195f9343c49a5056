package dev.syris.task.schedule;

import java.util.Locale;

/** What is done where the work of the run before is not over when the next is due. */
enum Overlap {
  /** Both run. */
  ALLOW,
  /** The slot is skipped. */
  SKIP,
  /** The slot waits until the work is over; others that come meanwhile are skipped. */
  BUFFER_ONE;

  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.syris.task.retention;

import java.time.Instant;

/** Rows that stay for a while after they are over. */
public interface Forgettable {

  /** For the log, such as {@code resolved alarms}. */
  String what();

  /**
   * Deletes those that were kept long enough, longest over first, in a transaction of its own.
   *
   * @param limit how many at most
   * @return how many it were
   */
  int forget(Instant now, int limit);
}

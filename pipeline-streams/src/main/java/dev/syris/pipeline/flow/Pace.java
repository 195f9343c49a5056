package dev.syris.pipeline.flow;

/**
 * Tells whether a record should be committed at once. While little comes in, a commit of its own
 * costs nothing that is missed, and waiting for the interval would be most of the record's latency;
 * while much comes in, the interval gathers. For one task, not thread-safe; results do not depend
 * on it, only when they are seen.
 */
final class Pace {

  /** What is counted together, in milliseconds. */
  static final long SPAN = 50;

  /** More records than this in one span are many: 400 a second, in each task. */
  static final int MANY = 20;

  private long span = -1;
  private int count;
  private boolean busy;

  /**
   * Counts a record.
   *
   * @param now wall clock, in milliseconds
   */
  boolean quiet(long now) {
    long current = now / SPAN;
    if (current != span) {
      busy = current == span + 1 && count > MANY;
      span = current;
      count = 0;
    }
    count++;
    return !busy && count <= MANY;
  }
}

package dev.syris.pipeline.flow;

/**
 * Tells whether a record should be committed at once. While little comes in, a commit of its own
 * costs nothing that is missed, and waiting for the interval would be most of the record's latency;
 * while much comes in, or much waits, the interval gathers.
 *
 * <p>What comes in is counted by append time, never by when it is processed: a pipeline that
 * commits each record is slow, and would take its own slowness for a quiet time. Clocks of broker
 * and pipeline that differ by more than {@link #FRESH} cost latency or throughput, nothing else.
 * For one task, not thread-safe; results do not depend on it, only when they are seen.
 */
final class Pace {

  /** What is counted together, in milliseconds. */
  static final long SPAN = 50;

  /** More records than this in one span are many: 400 a second, in each task. */
  static final int MANY = 20;

  /** A record that lay longer than this, in milliseconds, has others behind it. */
  static final long FRESH = 50;

  private final long fresh;
  private long span = -1;
  private int count;
  private boolean busy;

  /**
   * A pace.
   *
   * @param fresh for how long, in milliseconds, a record may have lain that has none behind it
   */
  Pace(long fresh) {
    this.fresh = fresh;
  }

  Pace() {
    this(FRESH);
  }

  /**
   * Counts a record.
   *
   * @param appended append time of the record, in milliseconds
   * @param now wall clock, in milliseconds
   */
  boolean quiet(long appended, long now) {
    long current = appended / SPAN;
    if (current != span) {
      busy = current == span + 1 && count > MANY;
      span = current;
      count = 0;
    }
    count++;
    return !busy && count <= MANY && now - appended <= fresh;
  }
}

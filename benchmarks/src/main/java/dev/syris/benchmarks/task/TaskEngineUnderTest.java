package dev.syris.benchmarks.task;

/**
 * A task engine that is prepared: its tables are there and empty, nothing runs. Each lives for one
 * pass. Called from one thread.
 */
interface TaskEngineUnderTest extends AutoCloseable {

  /** From now on it runs what it finds; called once, before or after tasks are put in. */
  void begin();

  /** Puts in tasks number 0 to {@code count - 1} and returns when all are committed. */
  void enqueue(int count, String payload);

  /** How many tasks the database does not know to be done. */
  long unfinished();

  @Override
  void close();
}

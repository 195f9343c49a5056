package dev.syris.benchmarks.task;

import com.zaxxer.hikari.HikariDataSource;

/**
 * An engine that takes part, set up as well as its manual knows how.
 *
 * @param name as the figures call it
 * @param schema where its tables are
 * @param connections it may have to the database
 */
record Contender(String name, String schema, int connections, Preparation preparation) {

  /** Makes the tables and all that is needed to run, but runs nothing. */
  @FunctionalInterface
  interface Preparation {

    /**
     * @param database where the pool leads
     * @param pool whose schema is empty; the engine closes it
     * @param executions is told of every task that runs, by the task itself
     */
    TaskEngineUnderTest prepare(
        TaskDatabase database, HikariDataSource pool, Executions executions);
  }

  TaskEngineUnderTest prepare(TaskDatabase database, Executions executions) {
    database.clear(schema);
    return preparation.prepare(database, database.pool(schema, connections), executions);
  }
}

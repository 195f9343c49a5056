package dev.syris.benchmarks.task;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * db-scheduler as its notes on performance advise for many short tasks: lock-and-fetch, a queue of
 * several batches before the threads, immediate execution; and without the index for priorities,
 * which are not used. A task that is done is a row that is gone. System properties: {@code
 * dbscheduler.threads} (20), and in multiples of them {@code dbscheduler.lower} (4) and {@code
 * dbscheduler.upper} (20).
 */
final class DbSchedulerEngine implements TaskEngineUnderTest {

  private static final int THREADS = Integer.getInteger("dbscheduler.threads", 20);
  private static final int LOWER = Integer.getInteger("dbscheduler.lower", 4);
  private static final int UPPER = Integer.getInteger("dbscheduler.upper", 20);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int BATCH = 1000;
  private static final String TABLE =
      """
      create table scheduled_tasks (
        task_name text not null,
        task_instance text not null,
        task_data bytea,
        execution_time timestamptz not null,
        picked boolean not null,
        picked_by text,
        last_success timestamptz,
        last_failure timestamptz,
        consecutive_failures int,
        last_heartbeat timestamptz,
        version bigint not null,
        priority smallint,
        primary key (task_name, task_instance));
      create index execution_time_idx on scheduled_tasks (execution_time);
      create index last_heartbeat_idx on scheduled_tasks (last_heartbeat);
      """;

  private final HikariDataSource pool;
  private final JdbcClient jdbc;
  private final OneTimeTask<String> task;
  private final Scheduler scheduler;

  private DbSchedulerEngine(HikariDataSource pool, Executions executions) {
    this.pool = pool;
    this.jdbc = JdbcClient.create(pool);
    jdbc.sql(TABLE).update();
    this.task =
        Tasks.oneTime("noop", String.class)
            .execute(
                (instance, _) ->
                    executions.run(Integer.parseInt(instance.getId()), instance.getData()));
    this.scheduler =
        Scheduler.create(pool, task)
            .threads(THREADS)
            .pollUsingLockAndFetch(LOWER, UPPER)
            .pollingInterval(POLL)
            .enableImmediateExecution()
            .build();
  }

  static Contender contender() {
    return new Contender(
        "db-scheduler",
        "peer_db_scheduler",
        THREADS + 5,
        (_, pool, executions) -> new DbSchedulerEngine(pool, executions));
  }

  @Override
  public void begin() {
    scheduler.start();
  }

  @Override
  public void enqueue(int count, String payload) {
    List<TaskInstance<?>> batch = new ArrayList<>(BATCH);
    for (int i = 0; i < count; i++) {
      batch.add(task.instance(Integer.toString(i), payload));
      if (batch.size() == BATCH || i == count - 1) {
        scheduler.scheduleBatch(batch, Instant.now());
        batch.clear();
      }
    }
  }

  @Override
  public long unfinished() {
    return jdbc.sql("select count(*) from scheduled_tasks").query(Long.class).single();
  }

  @Override
  public void close() {
    scheduler.stop();
    pool.close();
  }
}

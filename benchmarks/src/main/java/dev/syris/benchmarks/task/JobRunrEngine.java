package dev.syris.benchmarks.task;

import static org.jobrunr.server.BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.stream.IntStream;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.configuration.JobRunrConfiguration.JobRunrConfigurationResult;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * JobRunr on its PostgreSQL storage, with virtual threads (its own choice on this JDK) and the
 * shortest interval it allows between polls; between them a worker that falls idle fetches as many
 * jobs as there are idle workers. A job that is done is a row that says SUCCEEDED. System property:
 * {@code jobrunr.workers} (64).
 */
final class JobRunrEngine implements TaskEngineUnderTest {

  private static final int WORKERS = Integer.getInteger("jobrunr.workers", 64);
  private static final int CONNECTIONS = 25;
  private static final Duration POLL = Duration.ofSeconds(5);

  private final HikariDataSource pool;
  private final JdbcClient jdbc;
  private final JobRunrConfigurationResult jobRunr;

  private JobRunrEngine(HikariDataSource pool, Executions executions) {
    this.pool = pool;
    this.jdbc = JdbcClient.create(pool);
    var handler = new NoopRequest.Handler(executions);
    this.jobRunr =
        JobRunr.configure()
            .useJobActivator(
                new JobActivator() {
                  @Override
                  public <T> T activateJob(Class<T> type) {
                    return type.cast(handler);
                  }
                })
            .useStorageProvider(new PostgresStorageProvider(pool))
            .useBackgroundJobServer(
                usingStandardBackgroundJobServerConfiguration()
                    .andWorkerCount(WORKERS)
                    .andPollInterval(POLL),
                false)
            .initialize();
  }

  static Contender contender() {
    return new Contender(
        "JobRunr",
        "peer_jobrunr",
        CONNECTIONS,
        (_, pool, executions) -> new JobRunrEngine(pool, executions));
  }

  @Override
  public void begin() {
    jobRunr.getBackgroundJobServer().start();
  }

  @Override
  public void enqueue(int count, String payload) {
    jobRunr
        .getJobRequestScheduler()
        .enqueue(IntStream.range(0, count).mapToObj(task -> new NoopRequest(task, payload)));
  }

  @Override
  public long unfinished() {
    return jdbc.sql("select count(*) from jobrunr_jobs where state <> 'SUCCEEDED'")
        .query(Long.class)
        .single();
  }

  @Override
  public void close() {
    jobRunr.getBackgroundJobServer().stop();
    pool.close();
  }
}

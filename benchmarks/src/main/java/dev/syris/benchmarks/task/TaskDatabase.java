package dev.syris.benchmarks.task;

import com.zaxxer.hikari.HikariDataSource;
import dev.syris.embedded.EmbeddedPostgres;
import dev.syris.embedded.EmbeddedPostgresSettings;
import dev.syris.embedded.FreePorts;
import dev.syris.platform.postgres.PostgresSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The PostgreSQL that SYRIS ships, with its settings, in a folder that goes with it. */
final class TaskDatabase implements AutoCloseable {

  private static final String NAME = "tasks";
  private static final String SUPERUSER = "postgres";
  private static final String PASSWORD = "benchmark";

  private final Path folder;
  private final EmbeddedPostgres postgres;
  private final HikariDataSource own;

  private TaskDatabase(Path folder, EmbeddedPostgres postgres) {
    this.folder = folder;
    this.postgres = postgres;
    this.own =
        new PostgresSettings(postgres.jdbcUrl(NAME), SUPERUSER, PASSWORD, 1).dataSource(NAME);
  }

  static TaskDatabase start() {
    try {
      Path folder = Files.createTempDirectory("syris-benchmark-");
      EmbeddedPostgres postgres =
          EmbeddedPostgres.startOrAttach(
              new EmbeddedPostgresSettings(
                  folder.resolve("postgres"),
                  EmbeddedPostgresSettings.usualCacheFolder(),
                  FreePorts.find(1).getFirst(),
                  PASSWORD));
      postgres.createDatabaseIfMissing(NAME);
      return new TaskDatabase(folder, postgres);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For looking on. */
  JdbcClient client() {
    return JdbcClient.create(own);
  }

  /** A pool, as every service of SYRIS has one, whose tables are those of one schema. */
  HikariDataSource pool(String schema, int connections) {
    String url = postgres.jdbcUrl(NAME) + "?currentSchema=" + schema;
    return new PostgresSettings(url, SUPERUSER, PASSWORD, connections).dataSource(schema);
  }

  /** The address, for who brings roles of its own. */
  String url() {
    return postgres.jdbcUrl(NAME);
  }

  /** What SYRIS calls a database's roles are made as a superuser. */
  HikariDataSource superuser() {
    return own;
  }

  String name() {
    return NAME;
  }

  /** Makes a schema empty, and gets what others left to write out of the way. */
  void clear(String schema) {
    client().sql("drop schema if exists " + schema + " cascade").update();
    client().sql("create schema " + schema).update();
    client().sql("checkpoint").update();
  }

  /** Bytes written ahead so far, and pages written whole for their first change in a while. */
  Wal wal() {
    return client()
        .sql("select pg_stat_force_next_flush(), wal_bytes, wal_fpi from pg_stat_wal")
        .query((row, _) -> new Wal(row.getLong("wal_bytes"), row.getLong("wal_fpi")))
        .single();
  }

  /** What a stretch of work left in the write-ahead log. */
  record Wal(long bytes, long wholePages) {

    Wal since(Wal before) {
      return new Wal(bytes - before.bytes, wholePages - before.wholePages);
    }

    String per(int tasks) {
      return String.format(
          Locale.ROOT,
          "%,.0f bytes of WAL and %.2f whole pages a task",
          (double) bytes / tasks,
          (double) wholePages / tasks);
    }
  }

  /** Durable commits are the premise of every figure. */
  String setting(String name) {
    return client()
        .sql("select current_setting(:name)")
        .param("name", name)
        .query(String.class)
        .single();
  }

  @Override
  public void close() {
    own.close();
    postgres.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

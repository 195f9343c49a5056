package dev.syris.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL of our own, as a process beside this JVM that outlives it when it is killed.
 *
 * <p>Whoever starts on the same folder next finds the server still running and goes on with it. One
 * owner per folder at a time, held by a file lock. Thread-safe.
 */
public final class EmbeddedPostgres implements AutoCloseable {

  private static final String SUPERUSER = "postgres";
  private static final String DUPLICATE_DATABASE = "42P04";
  private static final int CONNECT_SECONDS = 5;

  private final EmbeddedPostgresSettings settings;
  private final FolderLock lock;
  private final Postmaster postmaster;

  private EmbeddedPostgres(
      EmbeddedPostgresSettings settings, FolderLock lock, Postmaster postmaster) {
    this.settings = settings;
    this.lock = lock;
    this.postmaster = postmaster;
  }

  /**
   * Returns when the database takes connections, whether it had to be made, started, recovered or
   * only found.
   *
   * @throws EmbeddedException where the folder is in use, can't be used, holds another version's
   *     data, or the server did not come up
   */
  public static EmbeddedPostgres startOrAttach(EmbeddedPostgresSettings settings) {
    return startOrAttach(settings, Unprivileged.ways());
  }

  static EmbeddedPostgres startOrAttach(
      EmbeddedPostgresSettings settings, List<Unprivileged> ways) {
    FolderLock lock = FolderLock.take("PostgreSQL", settings.folder());
    try {
      PostgresBinaries binaries = PostgresBinaries.unpack(settings.cacheFolder());
      Unprivileged unprivileged =
          Unprivileged.choose(ways, binaries.program("initdb"), settings.folder());
      new Cluster(settings, binaries, unprivileged).prepare();
      var postmaster = new Postmaster(settings, binaries, unprivileged);
      var postgres = new EmbeddedPostgres(settings, lock, postmaster);
      if (postmaster.startUnlessRunning() == Postmaster.Start.FOUND) {
        postgres.checkIdentity();
      }
      return postgres;
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * The port of a server that already runs on this folder, if one does: it is taken, and by
   * ourselves.
   */
  public static OptionalInt runningPort(Path folder) {
    return PostmasterFile.running(folder.toAbsolutePath().normalize().resolve("data"))
        .map(file -> OptionalInt.of(file.port()))
        .orElseGet(OptionalInt::empty);
  }

  /** Stops what a killed JVM left running on the folder, if nobody owns it now. */
  public static void stopLeftover(Path folder) {
    Path data = folder.toAbsolutePath().normalize().resolve("data");
    if (PostmasterFile.running(data).isPresent()) {
      try (var _ = FolderLock.take("PostgreSQL", folder)) {
        Postmaster.stop(data);
      }
    }
  }

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(settings.port(), database);
  }

  /** Connections to the maintenance database as superuser; not pooled. */
  public DataSource superuser() {
    var source = new PGSimpleDataSource();
    source.setURL(jdbcUrl(SUPERUSER));
    source.setUser(SUPERUSER);
    source.setPassword(settings.password());
    source.setConnectTimeout(CONNECT_SECONDS);
    return source;
  }

  /** Makes an empty UTF-8 database unless there is one of that name. */
  public void createDatabaseIfMissing(String name) {
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException(
          "'" + name + "' is no name for a database; use a-z, 0-9 and _");
    }
    try (Connection connection = superuser().getConnection();
        var statement = connection.createStatement();
        var found =
            statement.executeQuery("select 1 from pg_database where datname = '" + name + "'")) {
      if (!found.next()) {
        statement.execute("create database " + name + " encoding 'UTF8' template template0");
      }
    } catch (SQLException e) {
      if (!DUPLICATE_DATABASE.equals(e.getSQLState())) {
        throw new EmbeddedException("database " + name + " can't be made: " + e.getMessage(), e);
      }
    }
  }

  /**
   * Whether the server's process is there. It isn't restarted by itself when it dies: see {@link
   * #restart()}.
   */
  public boolean isAlive() {
    return postmaster.isRunning();
  }

  /** Stops the server if it still runs and starts it again, on the same port. */
  public synchronized void restart() {
    postmaster.stop();
    postmaster.startUnlessRunning();
  }

  /**
   * Ends every session, writes a checkpoint, and returns when the server is gone; also one that was
   * only found.
   */
  @Override
  public synchronized void close() {
    try (lock) {
      postmaster.stop();
    }
  }

  /** Logging in proves both ways that the password is the same; the rest is that the folder is. */
  private void checkIdentity() {
    try (Connection connection = superuser().getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("show data_directory")) {
      rows.next();
      if (!Path.of(rows.getString(1)).equals(settings.data())) {
        throw new EmbeddedException(
            "the server on port %d works on %s, not on %s"
                .formatted(settings.port(), rows.getString(1), settings.data()));
      }
    } catch (SQLException e) {
      throw new EmbeddedException(
          "the server found on %s does not let us in: %s"
              .formatted(settings.data(), e.getMessage()),
          e);
    }
  }
}

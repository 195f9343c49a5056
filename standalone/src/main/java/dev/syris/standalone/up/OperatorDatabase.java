package dev.syris.standalone.up;

import dev.syris.embedded.EmbeddedPostgres;
import dev.syris.platform.migrate.SchemaMigration;
import dev.syris.platform.secret.KeySource;
import dev.syris.platform.secret.SecretSettings;
import dev.syris.standalone.data.Credentials;
import dev.syris.standalone.data.DataFolder;
import dev.syris.standalone.data.Installation;
import dev.syris.standalone.data.UnusableDataFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The database of a data folder as its owner, for the command line: the one that runs, or, while
 * SYRIS is stopped, the same one started for the moment.
 */
public final class OperatorDatabase implements AutoCloseable {

  private final DataSource owner;
  private final KeySource keys;
  private final Deque<AutoCloseable> opened;

  private OperatorDatabase(DataSource owner, KeySource keys, Deque<AutoCloseable> opened) {
    this.owner = owner;
    this.keys = keys;
    this.opened = opened;
  }

  /**
   * Opens it; makes the folder where there is none, so that secrets can be set before the first
   * start.
   *
   * @param cache where the database's programs are unpacked
   */
  public static OperatorDatabase open(Path folder, Path cache)
      throws IOException, UnusableDataFolder {
    OptionalInt port = EmbeddedPostgres.runningPort(folder.resolve("postgres"));
    if (port.isPresent()) {
      String url =
          "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port.getAsInt(), SchemaMigration.DATABASE);
      return of(folder, url, Credentials.loadOrCreate(folder), new ArrayDeque<>());
    }
    var opened = new ArrayDeque<AutoCloseable>();
    DataFolder held = DataFolder.open(folder);
    opened.push(held);
    try {
      Credentials credentials = Credentials.loadOrCreate(folder);
      EmbeddedPostgres postgres =
          Backends.startPostgres(folder, cache, PortPlan.of(folder, null), credentials);
      opened.push(postgres);
      return of(folder, postgres.jdbcUrl(SchemaMigration.DATABASE), credentials, opened);
    } catch (RuntimeException | IOException e) {
      closeAll(opened);
      throw e;
    }
  }

  private static OperatorDatabase of(
      Path folder, String url, Credentials credentials, Deque<AutoCloseable> opened)
      throws IOException {
    var owner =
        new DriverManagerDataSource(
            url, SchemaMigration.OWNER, credentials.postgres(SchemaMigration.OWNER));
    return new OperatorDatabase(owner, keys(folder), opened);
  }

  /** Those the services use: of the environment, else of the data folder. */
  private static KeySource keys(Path folder) throws IOException {
    String given = System.getenv("SYRIS_SECRETS_KEY");
    return given != null && !given.isBlank()
        ? new SecretSettings(given, null).source()
        : KeySource.InFile.loadOrCreate(new Installation(folder).secretsKey());
  }

  public DataSource owner() {
    return owner;
  }

  public KeySource keys() {
    return keys;
  }

  @Override
  public void close() {
    closeAll(opened);
  }

  private static void closeAll(Deque<AutoCloseable> opened) {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("the database did not stop: " + e.getMessage(), e);
      }
    }
  }
}

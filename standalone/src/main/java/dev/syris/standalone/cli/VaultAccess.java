package dev.syris.standalone.cli;

import dev.syris.platform.migrate.SchemaMigration;
import dev.syris.platform.secret.KeySource;
import dev.syris.platform.secret.SecretSettings;
import dev.syris.platform.secret.SecretVault;
import dev.syris.standalone.data.UnusableDataFolder;
import dev.syris.standalone.up.OperatorDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The way to the secrets: the data folder's database, or the containers' where the environment
 * names it ({@code SYRIS_POSTGRES_HOST}, {@code SYRIS_OWNER_PASSWORD}, {@code SYRIS_SECRETS_KEY}).
 */
final class VaultAccess implements AutoCloseable {

  /** Whose relay takes the audit along. */
  private static final String OUTBOX = "task";

  private final SecretVault vault;
  private final @Nullable OperatorDatabase database;

  private VaultAccess(DataSource owner, KeySource keys, @Nullable OperatorDatabase database) {
    this.vault = new SecretVault(owner, keys, OUTBOX, InstantSource.system());
    this.database = database;
  }

  static VaultAccess open(DataOption data) throws IOException, UnusableDataFolder {
    Map<String, String> environment = System.getenv();
    String host = environment.getOrDefault("SYRIS_POSTGRES_HOST", "");
    if (host.isBlank()) {
      logInto(data.folder());
      OperatorDatabase database = OperatorDatabase.open(data.folder(), UpCommand.cacheFolder());
      return new VaultAccess(database.owner(), database.keys(), database);
    }
    var owner =
        new DriverManagerDataSource(
            "jdbc:postgresql://" + host + "/" + SchemaMigration.DATABASE,
            SchemaMigration.OWNER,
            environment.getOrDefault("SYRIS_OWNER_PASSWORD", ""));
    KeySource keys = new SecretSettings(environment.get("SYRIS_SECRETS_KEY"), null).source();
    return new VaultAccess(owner, keys, null);
  }

  /** Before the first logger is made; apart from the logs of a SYRIS that runs. */
  private static void logInto(Path folder) {
    if (System.getProperty("syris.logs") == null) {
      System.setProperty("syris.logs", folder.resolve("logs").resolve("cli").toString());
    }
  }

  SecretVault vault() {
    return vault;
  }

  @Override
  public void close() {
    if (database != null) {
      database.close();
    }
  }
}

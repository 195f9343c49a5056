package dev.syris.testkit;

import dev.syris.platform.migrate.PostgresMigration;
import dev.syris.platform.migrate.SchemaMigration;
import dev.syris.platform.postgres.PostgresSettings;

/**
 * A database nobody else uses. It is left behind when the test is done; the server goes with the
 * JVM.
 *
 * @param name of the database
 * @param url JDBC address
 */
public record TestDatabase(String name, String url) {

  private static final int POOL_SIZE = 6;

  /** A service role, {@code syris_task} for example. */
  public PostgresSettings as(String role) {
    return new PostgresSettings(url, role, password(role), POOL_SIZE);
  }

  /** Who owns everything. */
  public PostgresSettings owner() {
    return as(SchemaMigration.OWNER);
  }

  public PostgresSettings superuser() {
    return new PostgresSettings(url, "postgres", Backends.SUPERUSER_PASSWORD, POOL_SIZE);
  }

  /** Applies whatever is on the classpath; again if it was before. */
  public TestDatabase migrate() {
    PostgresMigration.migrate(url, password(SchemaMigration.OWNER));
    return this;
  }

  static String password(String role) {
    return "test-" + role;
  }
}

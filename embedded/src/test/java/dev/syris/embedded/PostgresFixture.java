package dev.syris.embedded;

import java.nio.file.Path;
import java.sql.SQLException;

/** One way to make and ask a database in these tests. */
final class PostgresFixture {

  static final String PASSWORD = "s3'cr\"et\\";

  private PostgresFixture() {}

  static EmbeddedPostgresSettings settings(Path folder) {
    return settings(folder, FreePorts.find(1).getFirst());
  }

  static EmbeddedPostgresSettings settings(Path folder, int port) {
    return new EmbeddedPostgresSettings(
        folder, EmbeddedPostgresSettings.usualCacheFolder(), port, PASSWORD);
  }

  static void run(EmbeddedPostgres postgres, String... sql) throws SQLException {
    try (var connection = postgres.superuser().getConnection();
        var statement = connection.createStatement()) {
      for (String one : sql) {
        statement.execute(one);
      }
    }
  }

  static String ask(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (var connection = postgres.superuser().getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}

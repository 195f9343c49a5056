package dev.syris.platform.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where a service's database is and who it is there.
 *
 * @param url JDBC address
 * @param maxPoolSize connections at most
 */
@ConfigurationProperties("syris.postgres")
public record PostgresSettings(
    String url, String username, String password, @DefaultValue("6") int maxPoolSize) {

  /** A thread that is there comes back to its transaction long before that. */
  private static final Duration IDLE_TRANSACTION = Duration.ofSeconds(10);

  /**
   * A pool that starts empty, so that a service starts while the database is away and says so when
   * asked. A transaction that is left idle is ended by the database: a process that is frozen in
   * the middle of one would otherwise keep its rows from all others.
   */
  public HikariDataSource dataSource(String poolName) {
    var config = new HikariConfig();
    config.setPoolName(poolName);
    config.setJdbcUrl(url);
    config.setUsername(username);
    config.setPassword(password);
    config.setMaximumPoolSize(maxPoolSize);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("ApplicationName", poolName);
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.addDataSourceProperty("socketTimeout", "60");
    config.addDataSourceProperty("logServerErrorDetail", "false");
    config.addDataSourceProperty(
        "options", "-c idle_in_transaction_session_timeout=" + IDLE_TRANSACTION.toMillis());
    return new HikariDataSource(config);
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return "PostgresSettings[url=%s, username=%s]".formatted(url, username);
  }
}

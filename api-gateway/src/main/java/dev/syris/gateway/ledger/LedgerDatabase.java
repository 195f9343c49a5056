package dev.syris.gateway.ledger;

import com.zaxxer.hikari.HikariDataSource;
import dev.syris.platform.postgres.PostgresSettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * The ledger's connections. Not a {@link DataSource} bean, so that nobody takes it for the
 * gateway's.
 *
 * <p>A transaction that is left open and idle is ended by the database: a gateway frozen in the
 * middle of one would otherwise hold the head of the chain for as long as it is frozen. Commits
 * don't wait for the disk: what a crash of the database takes back, rows and position, comes again
 * from the topics.
 */
public final class LedgerDatabase implements AutoCloseable {

  /** One for the sink, the others for verifying the trail and reading artifacts. */
  private static final int CONNECTIONS = 4;

  private final HikariDataSource pool;

  LedgerDatabase(LedgerProperties properties, Duration idleTransaction) {
    String options =
        "-c idle_in_transaction_session_timeout=%d -c synchronous_commit=off -c timezone=UTC"
            .formatted(idleTransaction.toMillis());
    String separator = properties.url().contains("?") ? "&" : "?";
    String url =
        properties.url()
            + separator
            + "options="
            + URLEncoder.encode(options, StandardCharsets.UTF_8);
    this.pool =
        new PostgresSettings(url, properties.username(), properties.password(), CONNECTIONS)
            .dataSource("syris-ledger");
  }

  public DataSource dataSource() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
  }
}

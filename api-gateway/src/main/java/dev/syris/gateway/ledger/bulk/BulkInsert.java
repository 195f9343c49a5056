package dev.syris.gateway.ledger.bulk;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Sends rows to a table within the caller's transaction. Thread-safe. */
public final class BulkInsert {

  private final JdbcTemplate template;

  public BulkInsert(JdbcTemplate template) {
    this.template = template;
  }

  /**
   * @param target table and columns, such as {@code ledger.event (event_id, body)}
   */
  public void insert(String target, BinaryCopy rows) {
    if (rows.rows() == 0) {
      return;
    }
    rows.end();
    template.execute(
        (ConnectionCallback<Long>)
            connection -> copy(connection, "copy " + target + " from stdin binary", rows));
  }

  private static long copy(Connection connection, String sql, BinaryCopy rows) throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    try {
      copy.writeToCopy(rows.buffer(), 0, rows.size());
      return copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }
}

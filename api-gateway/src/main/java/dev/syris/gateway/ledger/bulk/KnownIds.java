package dev.syris.gateway.ledger.bulk;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which ids a table already has. With one writer at a time that is as good as a conflict clause,
 * and copy has none.
 */
public final class KnownIds {

  private final JdbcClient jdbc;

  public KnownIds(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Table and column are names from our own code. */
  public Set<UUID> in(String table, String column, List<UUID> ids) {
    if (ids.isEmpty()) {
      return Set.of();
    }
    return jdbc.sql(
            "select %2$s from %1$s where %2$s = any(cast(:ids as uuid[]))".formatted(table, column))
        .param("ids", ids.stream().map(UUID::toString).toArray(String[]::new))
        .query(UUID.class)
        .set();
  }
}

package dev.syris.task.watch;

import dev.syris.contracts.json.Json;
import dev.syris.task.alarm.Finding;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/**
 * A check that is a query: each row is something wrong, with a {@code key} that tells it from
 * others, a {@code summary} and {@code details}; it may use the parameter {@code now}.
 */
final class Query implements Check {

  private final JdbcClient jdbc;
  private final String type;
  private final Finding.Severity severity;
  private final String sql;

  Query(JdbcClient jdbc, String type, Finding.Severity severity, String sql) {
    this.jdbc = jdbc;
    this.type = type;
    this.severity = severity;
    this.sql = sql;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public Optional<List<Finding>> look(Instant now) {
    return Optional.of(
        jdbc.sql(sql)
            .param("now", now.atOffset(ZoneOffset.UTC))
            .query(
                (row, _) ->
                    Finding.of(
                        type,
                        severity,
                        row.getString("key").isEmpty() ? type : type + ":" + row.getString("key"),
                        row.getString("summary"),
                        (ObjectNode) Json.mapper().readTree(row.getString("details"))))
            .list());
  }
}

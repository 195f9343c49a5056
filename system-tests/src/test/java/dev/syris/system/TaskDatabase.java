package dev.syris.system;

import dev.syris.contracts.json.Json;
import dev.syris.platform.postgres.PostgresSettings;
import dev.syris.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What the tasks came to, as the published views show it. */
final class TaskDatabase implements AutoCloseable {

  private final Connection connection;

  TaskDatabase(TestDatabase database) throws SQLException {
    PostgresSettings owner = database.owner();
    connection = DriverManager.getConnection(owner.url(), owner.username(), owner.password());
  }

  /** Tasks by status. */
  Map<String, Integer> tasks() throws SQLException {
    return counts("select status, count(*) from api.task group by status");
  }

  /** Steps by status. */
  Map<String, Integer> steps() throws SQLException {
    return counts("select status, count(*) from api.task_step group by status");
  }

  /** Tool calls nobody knows the outcome of, as the contracts show them. */
  List<JsonNode> unknown() throws SQLException {
    return json("select body from api.tool_call where status = 'unknown' order by created_at");
  }

  List<JsonNode> calls() throws SQLException {
    return json("select body from api.tool_call");
  }

  /** Words the broker does not have yet. */
  int outbox() throws SQLException {
    return number("select depth from api.task_outbox");
  }

  /** Schedules whose next slot is not after a time. */
  int schedulesDueBy(Instant time) throws SQLException {
    return number("select count(*) from task.schedule where next_run_at <= '%s'".formatted(time));
  }

  /** Tasks somebody has under way. */
  int ownedBy(String instance) throws SQLException {
    return number("select count(*) from task.task where owner = '%s'".formatted(instance));
  }

  /** Answers that came after another had taken the call over. */
  int lateAnswers() throws SQLException {
    return number("select count(*) from task.late_answer");
  }

  private int number(String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private Map<String, Integer> counts(String sql) throws SQLException {
    var counts = new TreeMap<String, Integer>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        counts.put(rows.getString(1), rows.getInt(2));
      }
    }
    return counts;
  }

  private List<JsonNode> json(String sql) throws SQLException {
    var bodies = new ArrayList<JsonNode>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        bodies.add(Json.mapper().readTree(rows.getString(1)));
      }
    }
    return bodies;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}

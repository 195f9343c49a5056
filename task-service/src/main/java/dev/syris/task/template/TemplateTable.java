package dev.syris.task.template;

import dev.syris.contracts.json.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/** The SQL of task templates. */
final class TemplateTable {

  private static final String FIND =
      "select name, version, body from task.task_template where name = :name";

  private static final String LOCK = FIND + " for update";

  private static final String INSERT =
      """
      insert into task.task_template (name, version, body, created_at, updated_at)
      values (:name, 1, :body::json, :now, :now)
      on conflict (name) do nothing
      """;

  private static final String REPLACE =
      """
      update task.task_template set version = version + 1, body = :body::json, updated_at = :now where name = :name
      """;

  private static final String DELETE = "delete from task.task_template where name = :name";

  private static final String SHOW = "select body from api.task_template where name = :name";

  private final JdbcClient jdbc;

  TemplateTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<TaskTemplate> find(String name) {
    return query(FIND, name);
  }

  Optional<TaskTemplate> lock(String name) {
    return query(LOCK, name);
  }

  private Optional<TaskTemplate> query(String sql, String name) {
    return jdbc.sql(sql)
        .param("name", name)
        .query(
            (row, _) ->
                new TaskTemplate(
                    row.getString("name"),
                    row.getLong("version"),
                    (ObjectNode) Json.mapper().readTree(row.getString("body"))))
        .optional();
  }

  /** False where the name is taken. */
  boolean insert(String name, ObjectNode body, Instant now) {
    return write(INSERT, name, body, now) == 1;
  }

  void replace(String name, ObjectNode body, Instant now) {
    write(REPLACE, name, body, now);
  }

  private int write(String sql, String name, ObjectNode body, Instant now) {
    return jdbc.sql(sql)
        .param("name", name)
        .param("body", body.toString())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  void delete(String name) {
    jdbc.sql(DELETE).param("name", name).update();
  }

  /** As readers see it. */
  String show(String name) {
    return jdbc.sql(SHOW).param("name", name).query(String.class).single();
  }
}

package dev.syris.task.document;

import dev.syris.contracts.json.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/** The SQL of one kind of documents. */
final class DocumentTable {

  private static final String FIND = "select name, version, body from {table} where name = :name";

  private static final String LOCK = FIND + " for update";

  private static final String INSERT =
      """
      insert into {table} (name, version, body, created_at, updated_at)
      values (:name, 1, :body::json, :now, :now)
      on conflict (name) do nothing
      """;

  private static final String REPLACE =
      """
      update {table} set version = version + 1, body = :body::json, updated_at = :now where name = :name
      """;

  private static final String DELETE = "delete from {table} where name = :name";

  private static final String SHOW = "select body from {view} where name = :name";

  private final JdbcClient jdbc;
  private final DocumentKind kind;

  DocumentTable(JdbcClient jdbc, DocumentKind kind) {
    this.jdbc = jdbc;
    this.kind = kind;
  }

  private String of(String sql) {
    return sql.replace("{table}", kind.table()).replace("{view}", kind.view());
  }

  Optional<Document> find(String name) {
    return query(FIND, name);
  }

  Optional<Document> lock(String name) {
    return query(LOCK, name);
  }

  private Optional<Document> query(String sql, String name) {
    return jdbc.sql(of(sql))
        .param("name", name)
        .query(
            (row, _) ->
                new Document(
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
    return jdbc.sql(of(sql))
        .param("name", name)
        .param("body", body.toString())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  void delete(String name) {
    jdbc.sql(of(DELETE)).param("name", name).update();
  }

  /** As readers see it. */
  String show(String name) {
    return jdbc.sql(of(SHOW)).param("name", name).query(String.class).single();
  }
}

package dev.syris.task.document;

import dev.syris.contracts.json.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/** The SQL of one kind of documents. */
final class DocumentTable {

  private static final String FIND =
      "select {key} as key, version, body from {table} where {key} = :key";

  private static final String LOCK = FIND + " for update";

  private static final String INSERT =
      """
      insert into {table} ({key}, version, body, created_at, updated_at)
      values (:key, 1, :body::json, :now, :now)
      on conflict ({key}) do nothing
      """;

  private static final String REPLACE =
      """
      update {table} set version = version + 1, body = :body::json, updated_at = :now where {key} = :key
      """;

  private static final String DELETE = "delete from {table} where {key} = :key";

  private static final String SHOW = "select body from {view} where {key} = :key";

  private final JdbcClient jdbc;
  private final DocumentKind kind;

  DocumentTable(JdbcClient jdbc, DocumentKind kind) {
    this.jdbc = jdbc;
    this.kind = kind;
  }

  private String of(String sql) {
    return sql.replace("{table}", kind.table())
        .replace("{view}", kind.view())
        .replace("{key}", kind.key());
  }

  Optional<Document> find(String key) {
    return query(FIND, key);
  }

  Optional<Document> lock(String key) {
    return query(LOCK, key);
  }

  private Optional<Document> query(String sql, String key) {
    return jdbc.sql(of(sql))
        .param("key", key)
        .query(
            (row, _) ->
                new Document(
                    row.getString("key"),
                    row.getLong("version"),
                    (ObjectNode) Json.mapper().readTree(row.getString("body"))))
        .optional();
  }

  /** False where the name is taken. */
  boolean insert(String key, ObjectNode body, Instant now) {
    return write(INSERT, key, body, now) == 1;
  }

  void replace(String key, ObjectNode body, Instant now) {
    write(REPLACE, key, body, now);
  }

  private int write(String sql, String key, ObjectNode body, Instant now) {
    return jdbc.sql(of(sql))
        .param("key", key)
        .param("body", body.toString())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  void delete(String key) {
    jdbc.sql(of(DELETE)).param("key", key).update();
  }

  /** As readers see it. */
  String show(String key) {
    return jdbc.sql(of(SHOW)).param("key", key).query(String.class).single();
  }
}

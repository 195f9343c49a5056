package dev.syris.task.idempotency;

import dev.syris.contracts.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The SQL of remembered answers. Everything here belongs to the command's transaction. */
final class AnswerTable {

  private static final Duration KEPT = Duration.ofHours(24);

  /** Of keys; another pair with the same hash waits for nothing, which does no harm. */
  private static final int LOCKS = 0x414E5357;

  private static final String LOCK =
      "select pg_advisory_xact_lock(:locks, hashtext(:caller || ' ' || :key))";

  private static final String FIND =
      """
      select body_hash, status, headers, answer
        from task.answered_request
       where caller = :caller and key_hash = :key and created_at > :oldest
      """;

  private static final String EXPIRE =
      "delete from task.answered_request where created_at <= :oldest";

  private static final String KEEP =
      """
      insert into task.answered_request (
        caller, key_hash, body_hash, status, subject, headers, answer, created_at)
      values (:caller, :key, :content, :status, :subject, :headers::json, :answer, :now)
      on conflict (caller, key_hash) do nothing
      """;

  private final JdbcClient jdbc;

  AnswerTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** One caller's use of a key; neither the key nor what was asked is kept. */
  record Use(String caller, String keyHash) {}

  /**
   * What a key was used for.
   *
   * @param answer null where it is not kept here
   */
  record Found(String contentHash, @Nullable KeptAnswer answer) {}

  /** Waits for whoever uses the same key now, and says what it was used for. */
  Optional<Found> lock(Use use, Instant now) {
    jdbc.sql(LOCK)
        .param("locks", LOCKS)
        .param("caller", use.caller())
        .param("key", use.keyHash())
        .query((_, _) -> true)
        .single();
    return jdbc.sql(FIND)
        .param("caller", use.caller())
        .param("key", use.keyHash())
        .param("oldest", now.minus(KEPT).atOffset(ZoneOffset.UTC))
        .query(AnswerTable::found)
        .optional();
  }

  /** False where the key was used for something else meanwhile. */
  boolean keep(Use use, String contentHash, String subject, KeptAnswer answer, Instant now) {
    jdbc.sql(EXPIRE).param("oldest", now.minus(KEPT).atOffset(ZoneOffset.UTC)).update();
    return jdbc.sql(KEEP)
            .param("caller", use.caller())
            .param("key", use.keyHash())
            .param("content", contentHash)
            .param("status", answer.status())
            .param("subject", subject)
            .param("headers", Json.mapper().writeValueAsString(answer.headers()))
            .param("answer", answer.body())
            .param("now", now.atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  private static Found found(ResultSet row, int number) throws SQLException {
    byte[] body = row.getBytes("answer");
    KeptAnswer answer =
        body == null
            ? null
            : new KeptAnswer(row.getInt("status"), headers(row.getString("headers")), body);
    return new Found(row.getString("body_hash"), answer);
  }

  private static Map<String, String> headers(String json) {
    JsonNode given = Json.mapper().readTree(json);
    var headers = new LinkedHashMap<String, String>();
    given.properties().forEach(one -> headers.put(one.getKey(), one.getValue().asString()));
    return headers;
  }
}

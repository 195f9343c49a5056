package dev.syris.task.start;

import dev.syris.contracts.id.Uuids;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Idempotency keys of commands, written in the transaction of what the command did: of two at once
 * the second waits for the first one's commit and sees it.
 */
final class AnsweredRequests {

  private static final Duration KEPT = Duration.ofHours(24);

  private static final String CLAIM =
      """
      insert into task.answered_request (caller, key_hash, body_hash, status, subject, created_at)
      values (:caller, :key, :body, 201, :subject, :now)
      on conflict (caller, key_hash) do nothing
      """;

  private static final String FIND =
      "select body_hash, subject from task.answered_request where caller = :caller and key_hash = :key";

  private static final String EXPIRE =
      "delete from task.answered_request where created_at <= :oldest";

  private final JdbcClient jdbc;

  AnsweredRequests(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What a key was used for: which body, and what came of it. */
  record Answered(String bodyHash, String subject) {}

  /** Takes a key; where it was taken before, what for. */
  Optional<Answered> claim(
      String caller, String key, String bodyHash, String subject, Instant now) {
    jdbc.sql(EXPIRE).param("oldest", now.minus(KEPT).atOffset(ZoneOffset.UTC)).update();
    int taken =
        jdbc.sql(CLAIM)
            .param("caller", caller)
            .param("key", hash(key.getBytes(StandardCharsets.UTF_8)))
            .param("body", bodyHash)
            .param("subject", subject)
            .param("now", now.atOffset(ZoneOffset.UTC))
            .update();
    return taken == 1 ? Optional.empty() : find(caller, key);
  }

  /** What a key was used for before. */
  Optional<Answered> find(String caller, String key) {
    return jdbc.sql(FIND)
        .param("caller", caller)
        .param("key", hash(key.getBytes(StandardCharsets.UTF_8)))
        .query((row, _) -> new Answered(row.getString("body_hash"), row.getString("subject")))
        .optional();
  }

  static String hash(byte[] bytes) {
    return HexFormat.of().formatHex(Uuids.sha256().digest(bytes));
  }
}

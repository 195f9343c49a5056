package dev.syris.task.call;

import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.tool.ToolCallRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Windows of time in which only so much is let through, over all instances. Whatever is taken here
 * is taken if the caller's transaction commits; a call that comes again has its own place still.
 */
final class Windows {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final long NOTIFICATIONS = 0x53_59_52_49_54L;

  private static final String TAKE =
      """
      insert into task.recent_action (tool, action, target_hash, idempotency_key, at)
      values (:tool, :action, :target, :key, :now)
      on conflict (tool, action, target_hash) do update
         set at = excluded.at, idempotency_key = excluded.idempotency_key
       where recent_action.at <= :oldest or recent_action.idempotency_key = excluded.idempotency_key
      """;

  private static final String FREE =
      """
      select not exists (
        select from task.recent_action
         where tool = :tool and action = :action and target_hash = :target and at > :oldest and idempotency_key <> :key)
      """;

  private static final String LOCK_NOTIFICATIONS = "select pg_advisory_xact_lock(:lock)";

  private static final String FORGET = "delete from task.recent_notification where at <= :oldest";

  private static final String COUNT =
      "select count(*) from task.recent_notification where idempotency_key <> :key";

  private static final String NOTE =
      """
      insert into task.recent_notification (idempotency_key, at) values (:key, :now)
      on conflict (idempotency_key) do nothing
      """;

  private final JdbcClient jdbc;

  Windows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** False where an equal call came through less than the window ago. */
  boolean take(ToolCallRequest request, String target, Duration window, Instant now) {
    return of(TAKE, request, target, window, now)
            .param("now", now.atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  /** Whether {@link #take} would say yes. */
  boolean free(ToolCallRequest request, String target, Duration window, Instant now) {
    return of(FREE, request, target, window, now).query(Boolean.class).single();
  }

  private JdbcClient.StatementSpec of(
      String sql, ToolCallRequest request, String target, Duration window, Instant now) {
    return jdbc.sql(sql)
        .param("tool", request.tool())
        .param("action", request.action())
        .param("target", hash(target))
        .param("key", request.idempotencyKey())
        .param("oldest", now.minus(window).atOffset(ZoneOffset.UTC));
  }

  /** False where so many notifications went through within an hour. */
  boolean takeNotification(ToolCallRequest request, int limit, Instant now) {
    jdbc.sql(LOCK_NOTIFICATIONS).param("lock", NOTIFICATIONS).query((_, _) -> true).single();
    jdbc.sql(FORGET).param("oldest", now.minus(HOUR).atOffset(ZoneOffset.UTC)).update();
    long sent = jdbc.sql(COUNT).param("key", request.idempotencyKey()).query(Long.class).single();
    if (sent >= limit) {
      return false;
    }
    jdbc.sql(NOTE)
        .param("key", request.idempotencyKey())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
    return true;
  }

  private static String hash(String target) {
    return HexFormat.of().formatHex(Uuids.sha256().digest(target.getBytes(StandardCharsets.UTF_8)));
  }
}

package dev.syris.task.control;

import dev.syris.contracts.audit.AuditActor;
import dev.syris.contracts.control.AutonomyLevel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of the controls. */
final class ControlTable {

  /** Of this one row; an advisory lock leaves no trace in it, however many hold it. */
  private static final long LOCK = 0x53_59_52_49_53L;

  private static final String SHARE = "select pg_advisory_xact_lock_shared(:lock)";
  private static final String EXCLUDE = "select pg_advisory_xact_lock(:lock)";

  private static final String READ =
      """
      select case when expires_at <= :now then fallback_level else autonomy_level end as level, paused,
             coalesce(pause_mode = 'halt', false) as halted
        from task.control
      """;

  private static final String SET_LEVEL =
      """
      update task.control
         set autonomy_level = :level, fallback_level = :fallback, expires_at = :expires::timestamptz,
             set_by_type = :byType, set_by_id = :byId, set_at = :now, reason = :reason,
             autonomy_version = greatest(autonomy_version + 1, :millis)
      returning autonomy_version
      """;

  private static final String VERSION = "select autonomy_version from task.control";

  private static final String PAUSE =
      "update task.control set paused = :paused, pause_mode = :mode";

  private static final String NOTE =
      """
      insert into task.control_change (what, value, was, expires_at, by_type, by_id, at, reason)
      values (:what, :value, :was, :expires::timestamptz, :byType, :byId, :now, :reason)
      """;

  private static final String EXPIRED =
      "select expires_at <= :now from task.control where expires_at is not null";

  private static final String SHOW = "select body from api.controls";

  private final JdbcClient jdbc;

  ControlTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Until the transaction ends, nobody changes the controls. */
  void share() {
    jdbc.sql(SHARE).param("lock", LOCK).query((_, _) -> true).single();
  }

  /** Waits until whoever judges by the controls has committed, and lets nobody else. */
  void exclude() {
    jdbc.sql(EXCLUDE).param("lock", LOCK).query((_, _) -> true).single();
  }

  Posture read(Instant now) {
    return jdbc.sql(READ)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(
            (row, _) ->
                new Posture(
                    AutonomyLevel.valueOf(row.getString("level")),
                    row.getBoolean("paused"),
                    row.getBoolean("halted")))
        .single();
  }

  /** A change to be noted. */
  record Change(
      String what,
      String value,
      String was,
      AuditActor by,
      @Nullable String reason,
      @Nullable Instant expiresAt) {}

  /**
   * @param fallback what holds again when it expires; null where it does not
   * @return the number of this level: higher than all before, whatever the clock says
   */
  long setLevel(Change change, @Nullable AutonomyLevel fallback, Instant now) {
    return jdbc.sql(SET_LEVEL)
        .param("level", change.value())
        .param("fallback", fallback == null ? null : fallback.name())
        .param("expires", text(change.expiresAt()))
        .param("byType", change.by().type())
        .param("byId", change.by().id())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("reason", change.reason())
        .param("millis", now.toEpochMilli())
        .query(Long.class)
        .single();
  }

  /** The number of the level that was set last. */
  long version() {
    return jdbc.sql(VERSION).query(Long.class).single();
  }

  void pause(@Nullable String mode) {
    jdbc.sql(PAUSE).param("paused", mode != null).param("mode", mode).update();
  }

  void note(Change change, Instant now) {
    jdbc.sql(NOTE)
        .param("what", change.what())
        .param("value", change.value())
        .param("was", change.was())
        .param("expires", text(change.expiresAt()))
        .param("byType", change.by().type())
        .param("byId", change.by().id())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("reason", change.reason())
        .update();
  }

  /** Whether a level that was set for a time is over, and nobody has noted it yet. */
  boolean expired(Instant now) {
    return jdbc.sql(EXPIRED)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /** The Controls of the contracts, as JSON in UTF-8. */
  byte[] show() {
    return jdbc.sql(SHOW).query(String.class).single().getBytes(StandardCharsets.UTF_8);
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}

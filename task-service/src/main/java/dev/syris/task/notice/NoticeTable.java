package dev.syris.task.notice;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.platform.postgres.SqlArrays;
import dev.syris.task.notify.Urgency;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of notices. */
final class NoticeTable {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static final String INSERT =
      """
      insert into task.notice (notice_id, kind, subject_id, target, title, body, urgency, next_at, created_at)
      values (:id, :kind, :subject, :target, :title, :body, :urgency, :now, :now)
      on conflict on constraint uq_notice_subject do nothing
      """;

  private static final String NEXT =
      "select min(next_at) from task.notice where status = 'pending'";

  private static final String SENT =
      "select count(*) from task.notice where target = :target and status = 'sent' and sent_at > :since";

  private static final String DUE =
      "select count(*) from task.notice where target = :target and status = 'pending' and next_at <= :now";

  private static final String CLAIM =
      """
      update task.notice n
         set attempts = attempts + 1, next_at = :lease
       where notice_id in (select notice_id
                             from task.notice
                            where target = :target and status = 'pending' and next_at <= :now
                            order by urgency = 'normal', created_at, notice_id
                            limit :limit
                              for update skip locked)
      returning *
      """;

  private static final String FOLD =
      """
      update task.notice
         set status = 'dropped', last_error = :why::json
       where notice_id in (select notice_id
                             from task.notice
                            where target = :target and status = 'pending' and next_at <= :now and kind <> 'more'
                            order by urgency = 'normal', created_at, notice_id
                           offset :keep
                              for update skip locked)
      """;

  private static final String END =
      """
      update task.notice
         set status = :status, sent_at = :sent::timestamptz, last_error = coalesce(:error::json, last_error)
       where notice_id = :id and status = 'pending' and attempts = :attempt
      """;

  private static final String RETRY =
      """
      update task.notice set next_at = :next, last_error = :error::json
       where notice_id = :id and status = 'pending' and attempts = :attempt
      """;

  private static final String ABANDON =
      """
      update task.notice set status = 'dropped', last_error = :why::json
       where status = 'pending' and not (target = any(:targets::text[]))
      """;

  private final JdbcClient jdbc;

  NoticeTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A notice that is being sent. */
  record Claimed(UUID id, Notice notice, String target, int attempt, Instant createdAt) {}

  void insert(UUID id, Notice notice, String target, Instant now) {
    jdbc.sql(INSERT)
        .param("id", id)
        .param("kind", notice.kind().wire())
        .param("subject", notice.subjectId())
        .param("target", target)
        .param("title", notice.title())
        .param("body", notice.body())
        .param("urgency", notice.urgency().wire())
        .param("now", utc(now))
        .update();
  }

  /** When the next one is to be sent. */
  Optional<Instant> next() {
    return jdbc.sql(NEXT)
        .query((row, _) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
        .single()
        .map(OffsetDateTime::toInstant);
  }

  /** How many went to a target in the minute before. */
  int sentLately(String target, Instant now) {
    return jdbc.sql(SENT)
        .param("target", target)
        .param("since", utc(now.minus(MINUTE)))
        .query(Integer.class)
        .single();
  }

  int due(String target, Instant now) {
    return jdbc.sql(DUE)
        .param("target", target)
        .param("now", utc(now))
        .query(Integer.class)
        .single();
  }

  /** Takes the most urgent ones; another instance takes them over once the lease is over. */
  List<Claimed> claim(String target, int limit, Instant now, Instant lease) {
    return jdbc.sql(CLAIM)
        .param("target", target)
        .param("limit", limit)
        .param("now", utc(now))
        .param("lease", utc(lease))
        .query(NoticeTable::claimed)
        .list();
  }

  /** Gives up those that are due but the first few; says how many. */
  int fold(String target, int keep, Instant now, ErrorDetail why) {
    return jdbc.sql(FOLD)
        .param("target", target)
        .param("keep", keep)
        .param("now", utc(now))
        .param("why", json(why))
        .update();
  }

  void sent(Claimed claimed, Instant now) {
    end(claimed, "sent", utc(now), null);
  }

  void failed(Claimed claimed, ErrorDetail error) {
    end(claimed, "failed", null, error);
  }

  void dropped(Claimed claimed, ErrorDetail why) {
    end(claimed, "dropped", null, why);
  }

  private void end(
      Claimed claimed, String status, @Nullable OffsetDateTime sent, @Nullable ErrorDetail error) {
    jdbc.sql(END)
        .param("id", claimed.id())
        .param("attempt", claimed.attempt())
        .param("status", status)
        .param("sent", sent)
        .param("error", error == null ? null : json(error))
        .update();
  }

  void retry(Claimed claimed, ErrorDetail error, Instant next) {
    jdbc.sql(RETRY)
        .param("id", claimed.id())
        .param("attempt", claimed.attempt())
        .param("next", utc(next))
        .param("error", json(error))
        .update();
  }

  /** Gives up what was meant for targets that are configured no more. */
  int abandon(Collection<String> targets, ErrorDetail why) {
    return jdbc.sql(ABANDON)
        .param("targets", SqlArrays.column(targets, target -> target))
        .param("why", json(why))
        .update();
  }

  private static Claimed claimed(ResultSet row, int number) throws SQLException {
    return new Claimed(
        Objects.requireNonNull(row.getObject("notice_id", UUID.class)),
        new Notice(
            Notice.Kind.of(text(row, "kind")),
            text(row, "subject_id"),
            text(row, "title"),
            text(row, "body"),
            Urgency.of(text(row, "urgency"))),
        text(row, "target"),
        row.getInt("attempts"),
        Objects.requireNonNull(row.getObject("created_at", OffsetDateTime.class)).toInstant());
  }

  private static String text(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getString(column));
  }

  private static String json(ErrorDetail error) {
    return Json.mapper().writeValueAsString(error);
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}

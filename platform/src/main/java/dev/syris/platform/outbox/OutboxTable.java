package dev.syris.platform.outbox;

import dev.syris.contracts.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of the relay. Times are the database's, so that instances need no common clock. */
final class OutboxTable {

  private final JdbcClient jdbc;
  private final String acquire;
  private final String release;
  private final String read;
  private final String delete;
  private final String depth;

  OutboxTable(JdbcClient jdbc, String schema) {
    this.jdbc = jdbc;
    this.acquire =
        """
        insert into %1$s.outbox_leader as leader (owner, epoch, expires_at)
        values (:owner, 1, now() + make_interval(secs => :seconds))
        on conflict (singleton) do update
           set owner = excluded.owner,
               epoch = case when leader.owner = excluded.owner then leader.epoch else leader.epoch + 1 end,
               expires_at = excluded.expires_at
         where leader.owner = excluded.owner or leader.expires_at < now()
        returning epoch
        """
            .formatted(schema);
    this.release =
        "update %s.outbox_leader set expires_at = now() where owner = :owner".formatted(schema);
    this.read =
        "select outbox_id, records from %s.outbox order by outbox_id limit :limit".formatted(schema);
    this.delete = "delete from %s.outbox where outbox_id = any(:ids)".formatted(schema);
    this.depth = "select count(*) from %s.outbox".formatted(schema);
  }

  /** One committed transaction's words. */
  record Row(long id, List<OutboxRecord> records) {}

  /** Takes or renews the lease; nothing where another has it. */
  Optional<Long> lead(String owner, Duration lease) {
    return jdbc.sql(acquire)
        .param("owner", owner)
        .param("seconds", lease.toMillis() / 1000.0)
        .query(Long.class)
        .optional();
  }

  void release(String owner) {
    jdbc.sql(release).param("owner", owner).update();
  }

  List<Row> read(int limit) {
    return jdbc.sql(read)
        .param("limit", limit)
        .query(
            (row, number) ->
                new Row(
                    row.getLong("outbox_id"),
                    List.of(Json.mapper().readValue(row.getString("records"), OutboxRecord[].class))))
        .list();
  }

  void delete(List<Row> rows) {
    jdbc.sql(delete).param("ids", rows.stream().map(Row::id).toArray(Long[]::new)).update();
  }

  long depth() {
    return jdbc.sql(depth).query(Long.class).single();
  }
}

package dev.syris.platform.outbox;

import dev.syris.contracts.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of the relay. Times are the database's, so that instances need no common clock. */
final class OutboxTable {

  private static final String LEAD =
      """
      insert into %1$s.outbox_leader as leader (owner, instance, epoch, expires_at)
      values (:owner, :instance, 1, now() + make_interval(secs => :seconds))
      on conflict (singleton) do update
         set owner = excluded.owner,
             instance = excluded.instance,
             epoch = case when leader.owner = excluded.owner then leader.epoch else leader.epoch + 1 end,
             expires_at = excluded.expires_at
       where leader.owner = excluded.owner
          or leader.expires_at < now()
          or (:succeeds and leader.instance = excluded.instance)
      returning epoch
      """;

  private static final String RELEASE =
      "update %1$s.outbox_leader set expires_at = '-infinity' where owner = :owner";

  /**
   * The first row always, and more while they stay within the bytes, as they are once unpacked;
   * sizes are known without reading the records.
   */
  private static final String READ =
      """
      select outbox_id, packed, records
        from (select outbox_id, packed, records, sum(size) over (order by outbox_id) - size as bytes_before
                from (select outbox_id, packed, records, coalesce(bytes, octet_length(records)) as size
                        from %1$s.outbox order by outbox_id limit :rows) oldest) sized
       where bytes_before < :bytes
       order by outbox_id
      """;

  /**
   * Not waiting for the disk is safe: rows that come back after a crash are published again with
   * the same ids.
   */
  private static final String DELETE =
      """
      with not_waiting as materialized (select set_config('synchronous_commit', 'off', true))
      delete from %1$s.outbox using not_waiting where outbox_id = any(:ids)
      """;

  private final JdbcClient jdbc;
  private final String schema;

  OutboxTable(JdbcClient jdbc, String schema) {
    this.jdbc = jdbc;
    this.schema = schema;
  }

  /** One committed transaction's words. */
  record Row(long id, List<OutboxRecord> records) {}

  /**
   * Takes or renews the lease; nothing where another has it.
   *
   * @param owner this process
   * @param instance its name among its peers; stays the same over a restart
   * @param succeeds whether this process has just come in the place of the one that had the name
   * @return the epoch, which grows whenever the owner changes
   */
  Optional<Long> lead(String owner, String instance, boolean succeeds, Duration lease) {
    return jdbc.sql(sql(LEAD))
        .param("owner", owner)
        .param("instance", instance)
        .param("succeeds", succeeds)
        .param("seconds", lease.toMillis() / 1000.0)
        .query(Long.class)
        .optional();
  }

  void release(String owner) {
    jdbc.sql(sql(RELEASE)).param("owner", owner).update();
  }

  List<Row> read(int rows, long bytes) {
    return jdbc.sql(sql(READ))
        .param("rows", rows)
        .param("bytes", bytes)
        .query((row, _) -> new Row(row.getLong("outbox_id"), records(row)))
        .list();
  }

  private static List<OutboxRecord> records(ResultSet row) throws SQLException {
    byte[] packed = row.getBytes("packed");
    return packed == null
        ? List.of(Json.mapper().readValue(row.getString("records"), OutboxRecord[].class))
        : PackedRecords.unpack(packed);
  }

  void delete(List<Row> rows) {
    jdbc.sql(sql(DELETE)).param("ids", rows.stream().map(Row::id).toArray(Long[]::new)).update();
  }

  private String sql(String template) {
    return template.formatted(schema);
  }
}

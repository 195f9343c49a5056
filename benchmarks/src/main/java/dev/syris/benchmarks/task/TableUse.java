package dev.syris.benchmarks.task;

import java.util.List;
import java.util.Locale;

/**
 * What is left in a table when all is done, before anyone cleans up, and how it was read and
 * changed.
 *
 * @param bytes with indexes and long values
 * @param scanned rows read without an index
 * @param updated row versions written over others
 * @param inPage those of them that no index knows of
 */
record TableUse(
    String table, long rows, long deadRows, long bytes, long scanned, long updated, long inPage) {

  /** All tables of a schema that hold or held something. */
  static List<TableUse> of(TaskDatabase database, String schema) {
    database.client().sql("select pg_stat_force_next_flush()").query().listOfRows();
    return database
        .client()
        .sql(
            """
            select relname, n_live_tup, n_dead_tup, pg_total_relation_size(relid) as bytes,
                   seq_tup_read, n_tup_upd, n_tup_hot_upd
              from pg_stat_user_tables
             where schemaname = :schema and n_live_tup + n_dead_tup > 0
             order by relname
            """)
        .param("schema", schema)
        .query(
            (row, _) ->
                new TableUse(
                    row.getString("relname"),
                    row.getLong("n_live_tup"),
                    row.getLong("n_dead_tup"),
                    row.getLong("bytes"),
                    row.getLong("seq_tup_read"),
                    row.getLong("n_tup_upd"),
                    row.getLong("n_tup_hot_upd")))
        .list();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-32s %,10d rows %,10d dead %,8.1f MB %,12d scanned %,10d updated %,10d in page",
        table,
        rows,
        deadRows,
        bytes / 1e6,
        scanned,
        updated,
        inPage);
  }
}

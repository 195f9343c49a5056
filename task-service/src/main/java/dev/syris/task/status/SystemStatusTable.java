package dev.syris.task.status;

import dev.syris.contracts.control.SystemStatus;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of how the system fares. */
public final class SystemStatusTable {

  private static final String TOLD = "select status, version from task.system_status";
  private static final String SHARE = TOLD + " for share";
  private static final String LOCK = "select true from task.system_status for update";

  private static final String FOUND =
      """
      select case when exists (select from task.alarm
                                where status <> 'resolved' and severity in ('error', 'critical'))
                  then 'degraded' else 'healthy' end as found
      """;

  private static final String DIFFERS =
      "select found <> status from task.system_status, (%s) as alarms".formatted(FOUND);

  private static final String FOLLOW =
      """
      update task.system_status set status = found, version = version + 1, since = :now
        from (%s) as alarms
       where status <> found
      returning status, version
      """
          .formatted(FOUND);

  private final JdbcClient jdbc;

  public SystemStatusTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What was told of it.
   *
   * @param version grows with every change
   */
  record Told(SystemStatus status, long version) {}

  /** As it was last told. */
  public SystemStatus now() {
    return query(TOLD).orElseThrow().status();
  }

  /** As it was last told; nobody tells anything else before the transaction ends. */
  Told share() {
    return query(SHARE).orElseThrow();
  }

  /** Whether the alarms say something else than was told. */
  boolean differs() {
    return jdbc.sql(DIFFERS).query(Boolean.class).single();
  }

  /** Takes over what the alarms say; empty where that is what was told. One at a time. */
  Optional<Told> follow(Instant now) {
    jdbc.sql(LOCK).query(Boolean.class).single();
    return jdbc.sql(FOLLOW)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query((row, _) -> told(row.getString("status"), row.getLong("version")))
        .optional();
  }

  private Optional<Told> query(String sql) {
    return jdbc.sql(sql)
        .query((row, _) -> told(row.getString("status"), row.getLong("version")))
        .optional();
  }

  private static Told told(String status, long version) {
    return new Told(SystemStatus.valueOf(status.toUpperCase(Locale.ROOT)), version);
  }
}

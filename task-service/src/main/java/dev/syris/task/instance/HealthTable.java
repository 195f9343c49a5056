package dev.syris.task.instance;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of the heartbeat. */
final class HealthTable {

  private static final String BEGIN =
      """
      insert into task.system_health as former (
        instance, epoch, version, restart_reason, started_at, last_heartbeat_at, next_expected_at, lease_until)
      values (:instance, 1, :version, 'first_start', :now, :now, :next, now() + make_interval(secs => :lease))
      on conflict (instance) do update
         set epoch = former.epoch + 1,
             version = excluded.version,
             restart_reason = case when former.stopped_at is null then 'killed' else 'clean' end,
             started_at = excluded.started_at,
             last_heartbeat_at = excluded.last_heartbeat_at,
             next_expected_at = excluded.next_expected_at,
             lease_until = excluded.lease_until,
             stopped_at = null
      returning epoch, restart_reason
      """;

  private static final String BEAT =
      """
      update task.system_health set last_heartbeat_at = :now, next_expected_at = :next
       where instance = :instance and epoch = :epoch
      """;

  private static final String RENEW =
      """
      update task.system_health set lease_until = now() + make_interval(secs => :lease)
       where instance = :instance and epoch = :epoch
      """;

  private static final String END =
      """
      update task.system_health set last_heartbeat_at = :now, stopped_at = :now, lease_until = now()
       where instance = :instance and epoch = :epoch
      """;

  private final JdbcClient jdbc;

  HealthTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Takes the name over from its former self, whose words are refused from now on. */
  Run begin(String instance, String version, Instant now, Instant next, Duration lease) {
    return jdbc.sql(BEGIN)
        .param("instance", instance)
        .param("version", version)
        .param("lease", seconds(lease))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("next", next.atOffset(ZoneOffset.UTC))
        .query(
            (row, _) ->
                new Run(
                    new Owner(instance, row.getLong("epoch")),
                    version,
                    row.getString("restart_reason"),
                    now))
        .single();
  }

  /** False where the name has been taken over. */
  boolean beat(Owner owner, Instant now, Instant next) {
    return jdbc.sql(BEAT)
            .param("instance", owner.instance())
            .param("epoch", owner.epoch())
            .param("now", now.atOffset(ZoneOffset.UTC))
            .param("next", next.atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  /** Stays alive for others; false where the name has been taken over. */
  boolean renew(Owner owner, Duration lease) {
    return jdbc.sql(RENEW)
            .param("instance", owner.instance())
            .param("epoch", owner.epoch())
            .param("lease", seconds(lease))
            .update()
        == 1;
  }

  private static double seconds(Duration lease) {
    return lease.toMillis() / 1000.0;
  }

  void end(Owner owner, Instant now) {
    jdbc.sql(END)
        .param("instance", owner.instance())
        .param("epoch", owner.epoch())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }
}

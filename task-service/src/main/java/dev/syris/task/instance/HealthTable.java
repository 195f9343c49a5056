package dev.syris.task.instance;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of the heartbeat. */
final class HealthTable {

  private static final String BEGIN =
      """
      insert into task.system_health as former (
        instance, epoch, version, restart_reason, started_at, last_heartbeat_at, next_expected_at, lease_until,
        pid)
      values (:instance, 1, :version, 'first_start', :now, :now, :next, now() + make_interval(secs => :lease), :pid)
      on conflict (instance) do update
         set epoch = former.epoch + 1,
             version = excluded.version,
             restart_reason = case when former.stopped_at is not null then 'clean'
                                   when :crashed then 'crashed' else 'killed' end,
             pid = excluded.pid,
             started_at = excluded.started_at,
             last_heartbeat_at = excluded.last_heartbeat_at,
             next_expected_at = excluded.next_expected_at,
             lease_until = excluded.lease_until,
             stopped_at = null
      returning epoch, restart_reason
      """;

  private static final String FORMER =
      "select pid, started_at from task.system_health where instance = :instance and stopped_at is null";

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

  /** A run that has not said goodbye. */
  record Former(long pid, Instant startedAt) {}

  /** The former self, where it has not said goodbye. */
  Optional<Former> former(String instance) {
    return jdbc.sql(FORMER)
        .param("instance", instance)
        .query(
            (row, _) ->
                new Former(
                    row.getLong("pid"),
                    Objects.requireNonNull(row.getObject("started_at", OffsetDateTime.class))
                        .toInstant()))
        .optional();
  }

  /**
   * Takes the name over from its former self, whose words are refused from now on.
   *
   * @param crashed whether that left a report of a crash
   */
  Run begin(
      String instance, String version, boolean crashed, Instant now, Instant next, Duration lease) {
    return jdbc.sql(BEGIN)
        .param("crashed", crashed)
        .param("pid", ProcessHandle.current().pid())
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

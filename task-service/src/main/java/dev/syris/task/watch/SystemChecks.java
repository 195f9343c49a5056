package dev.syris.task.watch;

import dev.syris.task.alarm.Finding.Severity;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What of the system is looked at in the database. What stays as it was for a while, a gap or a
 * dead letter, is found no more once somebody has said that it is over.
 */
final class SystemChecks {

  private static final String TOOL_FAILING =
      """
      select tool as key,
             'The tool "' || tool || '" has failed ' || consecutive_errors || ' times in a row' as summary,
             json_build_object('tool', tool, 'consecutive_errors', consecutive_errors, 'last_error', last_error) as details
        from task.tool_fare
       where consecutive_errors >= 5 and :now::timestamptz is not null
      """;

  private static final String TASK_STUCK =
      """
      select t.task_id as key,
             'The task "' || left(t.name, 100) || '" has not moved for a quarter of an hour' as summary,
             json_build_object('task_id', t.task_id, 'status', t.status, 'updated_at', t.updated_at) as details
        from task.work join task.task t using (task_id)
       where t.status in ('pending', 'running', 'canceling')
         and coalesce(t.waiting_for, '') not in ('approval', 'operator')
         and greatest(t.updated_at, coalesce(t.ready_at, t.updated_at)) < :now::timestamptz - interval '15 minutes'
         and not exists (select from task.control where paused)
         and not exists (select from task.tool_call c
                          where c.trace_id = t.trace_id and c.task_id = t.task_id::text and c.status = 'started'
                            and c.lease_until > :now::timestamptz)
       limit 100
      """;

  private static final String SCHEDULE_BACKLOG =
      """
      select '' as key,
             count(*) || ' schedules are over a minute late' as summary,
             json_build_object('schedules', count(*), 'oldest', min(next_run_at)) as details
        from task.schedule
       where next_run_at < :now::timestamptz - interval '60 seconds'
      having count(*) > 0
      """;

  private static final String OUTBOX_LAG =
      """
      select '' as key,
             'What the task service has to say waits since ' || to_char(min(created_at) at time zone 'UTC', 'HH24:MI:SS') || ' UTC; is Kafka up?' as summary,
             json_build_object('rows', count(*), 'oldest', min(created_at)) as details
        from task.outbox
      having min(created_at) < :now::timestamptz - interval '60 seconds'
      """;

  private static final String NOTIFICATION_STORM =
      """
      select '' as key,
             count(*) || ' notifications were not sent within an hour: there were too many' as summary,
             json_build_object('blocked', count(*)) as details
        from task.tool_call
       where standing = 'blocked' and created_at > :now::timestamptz - interval '1 hour'
         and error ->> 'code' = 'gate.storm_block'
      having max(coalesce(ended_at, created_at))
             > coalesce((select max(resolved_at) from task.alarm
                          where status = 'resolved' and dedupe_key = 'notification.storm'), '-infinity')
      """;

  private static final String LEDGER_LAG =
      """
      select '' as key,
             'The audit trail has had nothing new for two minutes, though there was something to say' as summary,
             json_build_object('newest', recorded_at) as details
        from api.ledger_newest
       where recorded_at < :now::timestamptz - interval '2 minutes'
         and exists (select from task.watcher where last_tick_at between recorded_at + interval '30 seconds'
                                                                    and :now::timestamptz - interval '30 seconds')
      """;

  private static final String LEDGER_GAP =
      """
      select gap_id as key,
             'The audit trail has a gap: records of ' || topic || ' are gone' as summary,
             json_build_object('topic', topic, 'at', at, 'details', details) as details
        from api.ledger_gap_open
       where :now::timestamptz is not null
         and not exists (select from task.alarm
                          where status = 'resolved' and dedupe_key = 'ledger.gap:' || gap_id
                            and resolved_by_type is distinct from 'system')
      """;

  private static final String DEAD_LETTERS =
      """
      select connector_id as key,
             count || ' records of ' || connector_id || ' could not be used within an hour; GET /dead-letters' as summary,
             json_build_object('connector_id', connector_id, 'count', count, 'last_at', last_at) as details
        from api.dead_letter_recent
       where :now::timestamptz is not null
         and not exists (select from task.alarm
                          where status = 'resolved' and dedupe_key = 'dead_letters:' || connector_id
                            and resolved_at >= last_at)
       order by last_at desc limit 100
      """;

  private SystemChecks() {}

  static List<Check> of(JdbcClient jdbc) {
    return List.of(
        new Query(jdbc, "tool.failing", Severity.ERROR, TOOL_FAILING),
        new Query(jdbc, "task.stuck", Severity.ERROR, TASK_STUCK),
        new Query(jdbc, "schedule.backlog", Severity.ERROR, SCHEDULE_BACKLOG),
        new Query(jdbc, "outbox.lag", Severity.ERROR, OUTBOX_LAG),
        new Query(jdbc, "notification.storm", Severity.WARNING, NOTIFICATION_STORM),
        new Query(jdbc, "ledger.lag", Severity.CRITICAL, LEDGER_LAG),
        new Query(jdbc, "ledger.gap", Severity.CRITICAL, LEDGER_GAP),
        new Query(jdbc, "dead_letters", Severity.WARNING, DEAD_LETTERS));
  }
}

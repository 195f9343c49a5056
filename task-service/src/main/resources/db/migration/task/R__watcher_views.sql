-- Watchers and the heartbeat for readers. Bodies are the contracts' JSON.

drop view if exists api.watcher;
create view api.watcher as
select watcher_id, type, enabled,
       json_object(
         'watcher_id' : watcher_id,
         'type' : type,
         'enabled' : enabled,
         'version' : version,
         'interval_seconds' : interval_seconds,
         'last_tick_at' : to_char(last_tick_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'last_outcome' : coalesce(last_outcome, 'none'),
         'last_summary' : last_summary,
         'last_error' : last_error,
         'next_tick_at' : case when enabled then to_char(next_tick_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') end,
         'consecutive_errors' : consecutive_errors,
         'suppression_count' : suppression_count
         absent on null returning json) as body
  from task.watcher
 where configured;
comment on view api.watcher is 'Watchers; body is the Watcher of the contracts';

drop view if exists api.watcher_count;
create view api.watcher_count as
select case when not enabled then 'disabled' when consecutive_errors > 0 then 'failing' else 'enabled' end as status,
       count(*) as count
  from task.watcher where configured group by 1;
comment on view api.watcher_count is 'Watchers by how they are';

drop view if exists api.heartbeat;
create view api.heartbeat as
select coalesce(watcher.enabled, false) as enabled,
       health.version,
       health.restart_reason,
       health.started_at,
       coalesce(watcher.last_tick_at, health.last_heartbeat_at) as last_heartbeat_at,
       case when watcher.enabled then
         coalesce(watcher.last_tick_at, health.last_heartbeat_at) + make_interval(secs => watcher.interval_seconds)
       end as next_expected_at,
       watcher.state -> 'interruption' as interruption
  from (select true) one_row
  left join lateral (select * from task.watcher where watcher_id = 'heartbeat') watcher on true
  left join lateral (select * from task.system_health order by started_at desc limit 1) health on true;
comment on view api.heartbeat is 'The last beat, the next, and the last gap between two; always one row';

grant select on api.watcher to syris_task;
grant select on api.watcher, api.watcher_count, api.heartbeat to syris_gateway;

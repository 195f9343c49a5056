-- Schedules for readers. Bodies are the contracts' JSON.

drop view if exists api.schedule;
create view api.schedule as
select schedule_id,
       kind,
       (next_run_at is not null or held_slot is not null) as enabled,
       version, next_run_at, created_at, updated_at,
       (body::jsonb || jsonb_strip_nulls(jsonb_build_object(
         'schedule_id', schedule_id,
         'kind', kind,
         'version', version,
         'enabled', next_run_at is not null or held_slot is not null,
         'next_run_at', to_char(coalesce(held_slot, next_run_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'last_run_at', to_char(last_run_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'fired_count', fired_count,
         'missed_count', missed_count,
         'skipped_count', skipped_count,
         'trace_id', trace_id,
         'created_at', to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'updated_at', to_char(updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))))::json as body
  from task.schedule;
comment on view api.schedule is
  'Schedules, timers and alarm clocks; body is the Schedule of the contracts; one that has run for the last time is not enabled';

drop view if exists api.schedule_count;
create view api.schedule_count as
select case when next_run_at is not null or held_slot is not null then 'enabled' else 'disabled' end as status,
       count(*) as count
  from task.schedule group by 1;
comment on view api.schedule_count is 'Schedules by whether they are to be run';

drop view if exists api.timer_pending;
create view api.timer_pending as
select count(*) as count, min(next_run_at) as next_due_at
  from task.schedule where kind = 'timer' and next_run_at is not null;
comment on view api.timer_pending is 'Timers that have not fired; always one row';

grant select on api.schedule, api.timer_pending to syris_task;
grant select on api.schedule, api.schedule_count, api.timer_pending to syris_gateway;

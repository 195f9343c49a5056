alter table task.schedule add column ended_at timestamptz;
comment on column task.schedule.ended_at is
  'When its last slot had been dealt with; null while there are others, and where it was switched off before';

update task.schedule
   set ended_at = coalesce(last_run_at, updated_at)
 where next_run_at is null and held_slot is null and fired_count + missed_count + skipped_count > 0
   and body ->> 'type' = 'one_shot';

create index ix_schedule_ended on task.schedule (ended_at, schedule_id) where kind <> 'schedule';
create index ix_alarm_resolved on task.alarm (resolved_at, alarm_id) where status = 'resolved';

create function task.check_alarm_deletion() returns trigger language plpgsql as $$
begin
  raise exception 'alarm % is % and stays until it is resolved', old.alarm_id, old.status
    using errcode = 'check_violation', constraint = 'tr_alarm_stays';
end
$$;

create trigger tr_alarm_stays before delete on task.alarm
  for each row when (old.status <> 'resolved') execute function task.check_alarm_deletion();

grant delete on task.alarm to syris_task;

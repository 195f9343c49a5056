create table task.schedule (
  schedule_id     text        not null constraint pk_schedule primary key,
  kind            text        not null default 'schedule',
  version         bigint      not null,
  body            json        not null,
  anchor_at       timestamptz not null default now(),
  next_run_at     timestamptz,
  held_slot       timestamptz,
  last_run_at     timestamptz,
  last_trace_id   uuid,
  fired_count     bigint      not null default 0,
  missed_count    bigint      not null default 0,
  skipped_count   bigint      not null default 0,
  tool_call_id    uuid        constraint fk_schedule_tool_call references task.tool_call,
  trace_id        uuid,
  parent_event_id uuid,
  depth           int         not null default 0,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  constraint ck_schedule_kind check (kind in ('schedule', 'timer', 'alarm')),
  constraint ck_schedule_version check (version > 0),
  constraint ck_schedule_cause check (kind = 'schedule' or (tool_call_id is not null and trace_id is not null))
);
comment on table task.schedule is
  'What is to be said at which times; a firing and the move to the next slot are one transaction';
comment on column task.schedule.anchor_at is 'From when on an interval counts';
comment on column task.schedule.next_run_at is
  'The first slot that has been neither run nor missed; null while it is switched off, and after the last';
comment on column task.schedule.held_slot is
  'A slot that waits: for the end of quiet hours, or of the work of the run before it';
comment on column task.schedule.trace_id is 'Of the event that asked for a timer or an alarm clock; theirs is its child';

create index ix_schedule_due on task.schedule (next_run_at, schedule_id) where next_run_at is not null;
create index ix_schedule_held on task.schedule (held_slot, schedule_id) where held_slot is not null;
create index ix_schedule_created on task.schedule (created_at, schedule_id);

grant select, insert, update, delete on task.schedule to syris_task;

insert into task.schedule (schedule_id, kind, version, body, anchor_at, next_run_at, tool_call_id, trace_id,
                           parent_event_id, depth, created_at, updated_at)
select timer_id, 'timer', 1,
       json_build_object(
         'name', coalesce(left(label, 200), seconds || ' seconds'),
         'enabled', true,
         'type', 'one_shot',
         'spec', to_char(due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'timezone', 'UTC',
         'catch_up_policy', 'run_once',
         'overlap_policy', 'allow',
         'payload', json_build_object(
           'text', coalesce(label, 'The time of ' || seconds || ' seconds is up'),
           'structured', json_strip_nulls(json_build_object(
             'timer_id', timer_id,
             'label', label,
             'seconds', seconds,
             'due_at', to_char(due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))))),
       due_at, due_at, tool_call_id, trace_id, parent_event_id, depth, set_at, set_at
  from task.timer
 where fired_at is null;

drop view if exists api.timer_pending;
drop table task.timer;

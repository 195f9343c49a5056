create table task.timer (
  timer_id        uuid        not null constraint pk_timer primary key,
  tool_call_id    uuid        not null constraint fk_timer_tool_call references task.tool_call,
  trace_id        uuid        not null,
  parent_event_id uuid,
  depth           int         not null,
  label           text,
  seconds         bigint      not null,
  set_at          timestamptz not null,
  due_at          timestamptz not null,
  fired_at        timestamptz,
  constraint ck_timer_seconds check (seconds > 0)
);
comment on table task.timer is 'Timers set by the timer tool; pending until fired_at is written, together with the event it sends';

create index ix_timer_pending on task.timer (due_at, timer_id) where fired_at is null;

grant select, insert on task.timer to syris_task;
grant update (fired_at) on task.timer to syris_task;

create table task.control (
  only_row       boolean     not null default true constraint pk_control primary key,
  autonomy_level text        not null,
  fallback_level text,
  expires_at     timestamptz,
  set_by_type    text        not null,
  set_by_id      text        not null,
  set_at         timestamptz not null,
  reason         text,
  paused         boolean     not null default false,
  pause_mode     text,
  constraint ck_control_only_row check (only_row),
  constraint ck_control_autonomy_level check (autonomy_level in ('A0', 'A1', 'A2', 'A3', 'A4')),
  constraint ck_control_fallback_level check (fallback_level in ('A0', 'A1', 'A2', 'A3', 'A4')),
  constraint ck_control_expires check ((expires_at is null) = (fallback_level is null)),
  constraint ck_control_pause_mode check (pause_mode in ('drain', 'halt')),
  constraint ck_control_paused check (paused = (pause_mode is not null))
);
comment on table task.control is 'How much may be done without asking, and whether anything is started at all; one row';
comment on column task.control.fallback_level is 'The level that holds again from expires_at on';

insert into task.control (autonomy_level, set_by_type, set_by_id, set_at, reason)
values ('A2', 'system', 'task-service', now(), 'the level of a new installation');

create table task.control_change (
  change_id  bigint      generated always as identity constraint pk_control_change primary key,
  what       text        not null,
  value      text        not null,
  was        text        not null,
  expires_at timestamptz,
  by_type    text        not null,
  by_id      text        not null,
  at         timestamptz not null,
  reason     text,
  constraint ck_control_change_what check (what in ('autonomy', 'pause'))
);
comment on table task.control_change is 'Every change of the controls, in order; never changed';

grant select, update on task.control to syris_task;
grant select, insert on task.control_change to syris_task;

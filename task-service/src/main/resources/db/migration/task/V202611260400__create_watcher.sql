create table task.watcher (
  watcher_id         text        not null constraint pk_watcher primary key,
  type               text        not null,
  enabled            boolean     not null default true,
  enabled_at         timestamptz not null,
  interval_seconds   bigint      not null,
  configured         boolean     not null default true,
  next_tick_at       timestamptz,
  claim              bigint      not null default 0,
  claimed_until      timestamptz,
  last_tick_at       timestamptz,
  last_outcome       text,
  last_summary       text,
  last_error         json,
  consecutive_errors bigint      not null default 0,
  suppression_count  bigint      not null default 0,
  last_event_at      timestamptz,
  state              json        not null default '{}',
  constraint ck_watcher_interval check (interval_seconds > 0),
  constraint ck_watcher_errors check (consecutive_errors >= 0)
);
comment on table task.watcher is 'What looks at something now and then: when next, what came of it, and what it remembers';
comment on column task.watcher.claim is 'Grows with every tick that is begun; refuses what an earlier one still has to say';
comment on column task.watcher.configured is 'False where the configuration names it no more';

grant select, insert, update on task.watcher to syris_task;

alter table task.system_health drop constraint ck_system_health_restart_reason;
alter table task.system_health
  add constraint ck_system_health_restart_reason check (restart_reason in ('first_start', 'clean', 'killed', 'crashed'));
alter table task.system_health add column pid bigint;
comment on column task.system_health.pid is 'Process id of the current run, by which a report of its crash is found';

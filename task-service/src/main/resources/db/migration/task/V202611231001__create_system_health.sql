create table task.system_health (
  instance          text        not null constraint pk_system_health primary key,
  epoch             bigint      not null,
  version           text        not null,
  restart_reason    text        not null,
  started_at        timestamptz not null,
  last_heartbeat_at timestamptz not null,
  next_expected_at  timestamptz not null,
  stopped_at        timestamptz,
  constraint ck_system_health_restart_reason check (restart_reason in ('first_start', 'clean', 'killed'))
);
comment on table task.system_health is
  'One row an instance: its heartbeat, and the epoch that grows with every start and fences its former self';
comment on column task.system_health.stopped_at is
  'When the current run said goodbye; null in a run that goes on or was killed';

grant select, insert, update on task.system_health to syris_task;

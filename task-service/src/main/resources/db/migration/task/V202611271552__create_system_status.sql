create table task.system_status (
  only_row   boolean     not null default true constraint pk_system_status primary key,
  status     text        not null,
  version    bigint      not null,
  since      timestamptz not null,
  constraint ck_system_status_only_row check (only_row),
  constraint ck_system_status_status check (status in ('healthy', 'degraded', 'down'))
);
comment on table task.system_status is 'What rules and steps were last told of how the system fares; one row';
comment on column task.system_status.version is 'Grows with every change';

insert into task.system_status (status, version, since) values ('healthy', 1, now());

grant select, update on task.system_status to syris_task;

create table task.quiet_hours (
  name       text        not null constraint pk_quiet_hours primary key,
  version    bigint      not null,
  body       json        not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint ck_quiet_hours_version check (version > 0)
);
comment on table task.quiet_hours is 'Hours in which less is done without asking, by name; the policy says what they are for';

grant select, insert, update, delete on task.quiet_hours to syris_task;

create table task.tool (
  tool       text        not null constraint pk_tool primary key,
  version    text        not null,
  status     text        not null,
  body       json        not null,
  updated_at timestamptz not null,
  constraint ck_tool_status check (status in ('available', 'unavailable'))
);
comment on table task.tool is 'The registry as last seen by a running instance, for readers; calls are judged by the registry itself';

grant select, insert, update on task.tool to syris_task;

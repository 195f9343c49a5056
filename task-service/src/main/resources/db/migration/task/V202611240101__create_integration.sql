create table task.integration (
  integration_id text        not null constraint pk_integration primary key,
  type           text        not null,
  enabled        boolean     not null default true,
  changed_at     timestamptz not null
);
comment on table task.integration is 'Ways to something outside that tools go, and whether the operator lets them be used';

create table task.tool_health (
  tool                 text        not null,
  instance             text        not null,
  consecutive_errors   bigint      not null,
  last_success_at      timestamptz,
  last_error_at        timestamptz,
  last_error           json,
  rate_limit_resets_at timestamptz,
  constraint pk_tool_health primary key (tool, instance),
  constraint ck_tool_health_consecutive_errors check (consecutive_errors >= 0)
);
comment on table task.tool_health is 'How calls of each tool have fared, as each instance has seen it; written a moment later, for readers only';

grant select, insert, update on task.integration, task.tool_health to syris_task;

create table task.rule (
  rule_id    text        not null constraint pk_rule primary key,
  version    bigint      not null,
  body       json        not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint ck_rule_version check (version > 0)
);
comment on table task.rule is 'Rules as they were last written; each version goes to the topic syris.control.rule in its transaction';

create index ix_rule_created on task.rule (created_at, rule_id);

grant select, insert, update, delete on task.rule to syris_task;

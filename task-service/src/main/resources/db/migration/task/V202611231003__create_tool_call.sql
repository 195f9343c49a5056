create table task.tool_call (
  tool_call_id      uuid        not null constraint pk_tool_call primary key,
  arrival           bigint      generated always as identity,
  trace_id          uuid        not null,
  event_id          uuid,
  task_id           text,
  step_id           text,
  tool              text        not null,
  action            text        not null,
  args              json        not null,
  idempotency_key   text        not null,
  request_hash      text        not null,
  requested_by_type text        not null,
  requested_by_id   text        not null,
  granted_scopes    json        not null,
  depth             int         not null,
  requested_at      timestamptz not null,
  created_at        timestamptz not null,
  status            text        not null default 'received',
  output            json,
  error             json,
  approval_id       text,
  risk_level        text,
  autonomy_level    text,
  started_at        timestamptz,
  ended_at          timestamptz,
  attempt           int         not null default 0,
  owner             text,
  owner_epoch       bigint,
  lease_until       timestamptz,
  tool_version      text,
  read_only         boolean,
  idempotent        boolean,
  constraint ck_tool_call_status check (status in (
    'received', 'waiting', 'started', 'succeeded', 'failed', 'unknown',
    'previewed', 'blocked', 'denied', 'expired', 'canceled')),
  constraint ck_tool_call_started check (status <> 'started' or
    (owner is not null and owner_epoch is not null and lease_until is not null and started_at is not null
     and attempt > 0 and read_only is not null and idempotent is not null)),
  constraint ck_tool_call_ended check ((ended_at is not null) = (status in (
    'succeeded', 'failed', 'previewed', 'blocked', 'denied', 'expired', 'canceled')))
);
comment on table task.tool_call is 'Every wish to act and what became of it; rows received wait in order of arrival';
comment on column task.tool_call.attempt is
  'How often it was started; with owner and owner_epoch it fences everything an earlier attempt may still say';
comment on column task.tool_call.lease_until is
  'When a call that was started is certainly over: its timeout is shorter';
comment on column task.tool_call.read_only is 'What the tool declared when the call was started';

create index ix_tool_call_received on task.tool_call (arrival) where status = 'received';
create index ix_tool_call_started on task.tool_call (lease_until) where status = 'started';
create index ix_tool_call_status on task.tool_call (status, created_at, tool_call_id);
create index ix_tool_call_created on task.tool_call (created_at, tool_call_id);
create index ix_tool_call_trace on task.tool_call (trace_id);

create table task.tool_call_transition (
  from_status text not null,
  to_status   text not null,
  constraint pk_tool_call_transition primary key (from_status, to_status)
);
comment on table task.tool_call_transition is 'The state machine of a tool call; the trigger refuses what is not here';

insert into task.tool_call_transition (from_status, to_status) values
  ('received', 'waiting'),
  ('received', 'started'),
  ('received', 'previewed'),
  ('received', 'blocked'),
  ('received', 'canceled'),
  ('waiting', 'received'),
  ('waiting', 'denied'),
  ('waiting', 'expired'),
  ('waiting', 'canceled'),
  ('started', 'started'),
  ('started', 'succeeded'),
  ('started', 'failed'),
  ('started', 'unknown'),
  ('unknown', 'succeeded'),
  ('unknown', 'failed'),
  ('unknown', 'received');

create function task.check_tool_call_transition() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'received' then
      raise exception 'tool call % begins as received, not as %', new.tool_call_id, new.status
        using errcode = 'check_violation', constraint = 'tr_tool_call_transition';
    end if;
  elsif not exists (
      select from task.tool_call_transition t where t.from_status = old.status and t.to_status = new.status) then
    raise exception 'tool call % can''t go from % to %', new.tool_call_id, old.status, new.status
      using errcode = 'check_violation', constraint = 'tr_tool_call_transition';
  end if;
  return new;
end
$$;

create trigger tr_tool_call_transition before insert or update of status on task.tool_call
  for each row execute function task.check_tool_call_transition();

create table task.reservation (
  idempotency_key text        not null constraint pk_reservation primary key,
  request_hash    text        not null,
  tool_call_id    uuid        not null constraint fk_reservation_tool_call references task.tool_call,
  reserved_at     timestamptz not null
);
comment on table task.reservation is 'Idempotency keys in use, written with the STARTED of the call that has them, before any effect';

create table task.late_answer (
  tool_call_id uuid        not null constraint fk_late_answer_tool_call references task.tool_call,
  attempt      int         not null,
  owner        text        not null,
  owner_epoch  bigint      not null,
  answered_at  timestamptz not null,
  answer       json        not null,
  constraint pk_late_answer primary key (tool_call_id, attempt)
);
comment on table task.late_answer is 'Answers that came after their call had been given up or taken over: evidence, never an outcome';

grant select, insert on task.tool_call to syris_task;
grant update (status, output, error, approval_id, risk_level, autonomy_level, started_at, ended_at, attempt, owner,
              owner_epoch, lease_until, tool_version, read_only, idempotent)
  on task.tool_call to syris_task;
grant select on task.tool_call_transition to syris_task;
grant select, insert on task.reservation, task.late_answer to syris_task;

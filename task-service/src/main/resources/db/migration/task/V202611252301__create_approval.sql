create table task.approval (
  approval_id       uuid        not null constraint pk_approval primary key,
  tool_call_id      uuid        not null constraint fk_approval_tool_call references task.tool_call,
  trace_id          uuid        not null,
  event_id          uuid,
  task_id           text,
  step_id           text,
  status            text        not null default 'pending',
  created_at        timestamptz not null,
  expires_at        timestamptz not null,
  risk_level        text        not null,
  risk_reasons      json        not null,
  autonomy_level    text        not null,
  gate_reasons      json        not null,
  what_hash         text        not null,
  request_hash      text        not null,
  tool_version      text        not null,
  policy_version    text        not null,
  preview           json,
  preview_hash      text,
  why               text        not null,
  requested_by_type text        not null,
  requested_by_id   text        not null,
  replaces          uuid,
  decided_at        timestamptz,
  decided_by_type   text,
  decided_by_id     text,
  decision_reason   text,
  decision_channel  text,
  used_at           timestamptz,
  stale_because     text,
  constraint ck_approval_status check (status in
    ('pending', 'approved', 'denied', 'expired', 'stale', 'canceled', 'used')),
  constraint ck_approval_decided check (
    status not in ('approved', 'used', 'denied') or (decided_at is not null and decided_by_id is not null)),
  constraint ck_approval_used check ((status = 'used') = (used_at is not null)),
  constraint ck_approval_stale check (status <> 'stale' or stale_because is not null)
);
comment on table task.approval is 'Calls somebody was asked about, and what was answered; each is good for one run of exactly that call';
comment on column task.approval.requested_by_id is
  'Whoever started what the call is part of; a token that is no admin''s can''t approve what it asked for';
comment on column task.approval.what_hash is 'SHA-256 of the RFC 8785 form of {tool, action, args}, for readers';
comment on column task.approval.request_hash is 'The call''s own hash, which tells numbers apart that RFC 8785 does not';
comment on column task.approval.replaces is 'The one that went stale before it';

create unique index uq_approval_open on task.approval (tool_call_id) where status in ('pending', 'approved');
create index ix_approval_expires on task.approval (expires_at) where status = 'pending';
create index ix_approval_created on task.approval (created_at, approval_id);
create index ix_approval_status on task.approval (status, created_at, approval_id);
create index ix_approval_trace on task.approval (trace_id);

create table task.approval_transition (
  from_status text not null,
  to_status   text not null,
  constraint pk_approval_transition primary key (from_status, to_status)
);
comment on table task.approval_transition is 'The state machine of an approval; the trigger refuses what is not here';

insert into task.approval_transition (from_status, to_status) values
  ('pending', 'approved'),
  ('pending', 'denied'),
  ('pending', 'expired'),
  ('pending', 'stale'),
  ('pending', 'canceled'),
  ('approved', 'used'),
  ('approved', 'stale');

create function task.check_approval_transition() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'pending' then
      raise exception 'approval % begins as pending, not as %', new.approval_id, new.status
        using errcode = 'check_violation', constraint = 'tr_approval_transition';
    end if;
  elsif not exists (
      select from task.approval_transition t where t.from_status = old.status and t.to_status = new.status) then
    raise exception 'approval % can''t go from % to %', new.approval_id, old.status, new.status
      using errcode = 'check_violation', constraint = 'tr_approval_transition';
  end if;
  return new;
end
$$;

create trigger tr_approval_transition before insert or update of status on task.approval
  for each row execute function task.check_approval_transition();

create table task.recent_action (
  tool            text        not null,
  action          text        not null,
  target_hash     text        not null,
  idempotency_key text        not null,
  at              timestamptz not null,
  constraint pk_recent_action primary key (tool, action, target_hash)
);
comment on table task.recent_action is 'When each action was last let through for a target, for windows in which no equal one follows';

create table task.recent_notification (
  idempotency_key text        not null constraint pk_recent_notification primary key,
  at              timestamptz not null
);
comment on table task.recent_notification is 'Notifications of the last hour';
create index ix_recent_notification_at on task.recent_notification (at);

grant select, insert on task.approval to syris_task;
grant update (status, decided_at, decided_by_type, decided_by_id, decision_reason, decision_channel, used_at, stale_because)
  on task.approval to syris_task;
grant select on task.approval_transition to syris_task;
grant select, insert, update, delete on task.recent_action, task.recent_notification to syris_task;

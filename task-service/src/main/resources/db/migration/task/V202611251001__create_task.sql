create table task.task_template (
  name       text        not null constraint pk_task_template primary key,
  version    bigint      not null,
  body       json        not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint ck_task_template_version check (version > 0)
);
comment on table task.task_template is 'Plans of tasks to be started by name; a task keeps a copy of the steps it was started with';

create table task.task (
  task_id            uuid        not null constraint pk_task primary key,
  name               text        not null,
  status             text        not null default 'pending',
  trace_id           uuid        not null,
  trigger_event_id   uuid,
  template           text,
  template_version   bigint,
  autonomy_at_start  text        not null,
  labels             json        not null,
  input              json        not null,
  event              json,
  requested_by_type  text        not null,
  requested_by_id    text        not null,
  granted_scopes     json        not null,
  depth              int         not null,
  step_count         int         not null,
  waiting_for        text,
  ready_at           timestamptz,
  owner              text,
  owner_epoch        bigint,
  epoch              bigint      not null default 0,
  cancel_reason      text,
  error              json,
  created_at         timestamptz not null,
  updated_at         timestamptz not null,
  ended_at           timestamptz,
  constraint ck_task_status check (status in (
    'pending', 'running', 'paused', 'canceling', 'succeeded', 'failed', 'canceled')),
  constraint ck_task_waiting_for check (waiting_for in ('approval', 'operator', 'retry', 'time')),
  constraint ck_task_owner check ((owner is null) = (owner_epoch is null)),
  constraint ck_task_ready check (ready_at is null or (owner is null and status in ('pending', 'running'))),
  constraint ck_task_over check (
    status not in ('succeeded', 'failed', 'canceled') or (owner is null and ready_at is null and ended_at is not null)),
  constraint ck_task_steps check (step_count > 0)
) with (fillfactor = 70);
comment on table task.task is 'Work of several steps: where it is, who runs it, and when it goes on';
comment on column task.task.ready_at is
  'From when on anybody may claim it; null while it is owned, waits for somebody, is paused or over';
comment on column task.task.owner is 'The instance that runs its steps, for as long as that instance''s lease holds';
comment on column task.task.epoch is
  'Grows with every claim, take-over and command; what an earlier owner still has to say is refused by it';
comment on column task.task.event is 'The event behind it, for references in arguments';

create index ix_task_ready on task.task (ready_at, task_id) where ready_at is not null;
create index ix_task_owned on task.task (owner) where owner is not null;
create index ix_task_created on task.task (created_at, task_id);
create index ix_task_open on task.task (status, created_at, task_id)
  where status in ('pending', 'running', 'paused', 'canceling', 'failed');
create index ix_task_trace on task.task (trace_id);

create table task.step (
  step_id         uuid        not null constraint pk_step primary key,
  task_id         uuid        not null constraint fk_step_task references task.task,
  position        int         not null,
  name            text        not null,
  status          text        not null default 'pending',
  tool            text,
  action          text,
  args            json        not null,
  condition       json,
  wait            json,
  reads           text[]      not null,
  max_attempts    int         not null,
  retry_policy    json        not null,
  timeout_ms      bigint,
  run             int         not null default 1,
  attempt         int         not null default 0,
  tool_call_id    uuid,
  idempotency_key text,
  due_at          timestamptz,
  checkpoint      json,
  output          json,
  error           json,
  started_at      timestamptz,
  ended_at        timestamptz,
  constraint uq_step_position unique (task_id, position),
  constraint ck_step_status check (status in (
    'pending', 'running', 'waiting', 'succeeded', 'failed', 'unknown', 'skipped', 'canceled')),
  constraint ck_step_attempt check (attempt between 0 and max_attempts),
  constraint ck_step_tool check ((tool is null) = (action is null) and (tool is not null or wait is not null)),
  constraint ck_step_position check (position >= 0)
) with (fillfactor = 70);
comment on table task.step is 'The steps of tasks, in order of position; each row is also the checkpoint of its step';
comment on column task.step.reads is 'Names of the steps whose outputs its arguments, condition or wait refer to';
comment on column task.step.run is
  'Raised only where the operator has a step with an outcome done again; part of the idempotency key';
comment on column task.step.due_at is 'When its wait is over, or its next attempt begins; kept while the task is paused';
comment on column task.step.attempt is 'Attempts of this run; every attempt has the same idempotency key';

create index ix_step_open on task.step (task_id, position) where status not in ('succeeded', 'skipped');

create table task.task_transition (
  from_status text not null,
  to_status   text not null,
  constraint pk_task_transition primary key (from_status, to_status)
);
comment on table task.task_transition is 'The state machine of a task; the trigger refuses what is not here';

insert into task.task_transition (from_status, to_status) values
  ('pending', 'running'),
  ('pending', 'paused'),
  ('pending', 'canceled'),
  ('running', 'succeeded'),
  ('running', 'failed'),
  ('running', 'paused'),
  ('running', 'canceling'),
  ('paused', 'pending'),
  ('paused', 'running'),
  ('paused', 'canceling'),
  ('canceling', 'canceled'),
  ('failed', 'pending');

create table task.step_transition (
  from_status text not null,
  to_status   text not null,
  constraint pk_step_transition primary key (from_status, to_status)
);
comment on table task.step_transition is 'The state machine of a step; the trigger refuses what is not here';

insert into task.step_transition (from_status, to_status) values
  ('pending', 'running'),
  ('pending', 'waiting'),
  ('pending', 'skipped'),
  ('pending', 'canceled'),
  ('running', 'succeeded'),
  ('running', 'failed'),
  ('running', 'unknown'),
  ('running', 'waiting'),
  ('running', 'pending'),
  ('running', 'canceled'),
  ('waiting', 'running'),
  ('waiting', 'pending'),
  ('waiting', 'succeeded'),
  ('waiting', 'failed'),
  ('waiting', 'canceled'),
  ('unknown', 'succeeded'),
  ('unknown', 'failed'),
  ('unknown', 'pending'),
  ('succeeded', 'pending'),
  ('failed', 'pending'),
  ('skipped', 'pending');

create function task.check_task_transition() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'pending' then
      raise exception 'task % begins as pending, not as %', new.task_id, new.status
        using errcode = 'check_violation', constraint = 'tr_task_transition';
    end if;
  elsif not exists (
      select from task.task_transition t where t.from_status = old.status and t.to_status = new.status) then
    raise exception 'task % can''t go from % to %', new.task_id, old.status, new.status
      using errcode = 'check_violation', constraint = 'tr_task_transition';
  end if;
  return new;
end
$$;

create trigger tr_task_begins before insert on task.task
  for each row when (new.status <> 'pending') execute function task.check_task_transition();
create trigger tr_task_transition before update of status on task.task
  for each row when (old.status is distinct from new.status) execute function task.check_task_transition();

create function task.check_step_transition() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'pending' then
      raise exception 'step % begins as pending, not as %', new.step_id, new.status
        using errcode = 'check_violation', constraint = 'tr_step_transition';
    end if;
  elsif not exists (
      select from task.step_transition t where t.from_status = old.status and t.to_status = new.status) then
    raise exception 'step % can''t go from % to %', new.step_id, old.status, new.status
      using errcode = 'check_violation', constraint = 'tr_step_transition';
  end if;
  return new;
end
$$;

create trigger tr_step_begins before insert on task.step
  for each row when (new.status <> 'pending') execute function task.check_step_transition();
create trigger tr_step_transition before update of status on task.step
  for each row when (old.status is distinct from new.status) execute function task.check_step_transition();

create table task.answered_request (
  caller     text        not null,
  key_hash   text        not null,
  body_hash  text        not null,
  status     int         not null,
  subject    text        not null,
  created_at timestamptz not null,
  constraint pk_answered_request primary key (caller, key_hash)
);
comment on table task.answered_request is
  'Idempotency keys of commands, written with what the command did; kept for a day';
create index ix_answered_request_created on task.answered_request (created_at);

grant select, insert, update, delete on task.task_template to syris_task;
grant select, insert on task.task, task.step to syris_task;
grant update (status, waiting_for, ready_at, owner, owner_epoch, epoch, cancel_reason, error, updated_at, ended_at)
  on task.task to syris_task;
grant update (status, run, attempt, tool_call_id, idempotency_key, due_at, checkpoint, output, error, started_at, ended_at)
  on task.step to syris_task;
grant select on task.task_transition, task.step_transition to syris_task;
grant select, insert, delete on task.answered_request to syris_task;

alter table task.tool_call add column timeout_ms bigint;
comment on column task.tool_call.timeout_ms is 'How long one attempt may take; what the tool says where null';

-- Calls of steps are started by the engine that owns the task, never by the dispatcher of the others.
drop index task.ix_tool_call_received;
create index ix_tool_call_received on task.tool_call (arrival) where status = 'received' and step_id is null;
create index ix_tool_call_task on task.tool_call (task_id) where task_id is not null and status = 'started';

-- Most calls succeed; of those nothing is looked for by status.
drop index task.ix_tool_call_status;
create index ix_tool_call_open on task.tool_call (status, created_at, tool_call_id) where status <> 'succeeded';

-- A call whose STARTED is its first and only row version: received and started in one committed insert.
create or replace function task.check_tool_call_transition() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.status not in ('received', 'started') then
      raise exception 'tool call % begins as received or started, not as %', new.tool_call_id, new.status
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

-- A key is taken in the transaction that writes its call, and neither is ever deleted.
alter table task.reservation drop constraint fk_reservation_tool_call;

alter table task.system_health add column lease_until timestamptz not null default now();
comment on column task.system_health.lease_until is
  'Until when the instance counts as alive; after it, others take over the tasks it owns';
alter table task.system_health add column lease_seconds double precision not null default 10;

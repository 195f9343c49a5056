-- A task or a call changes its status two or three times and is then kept for good. Where an index, or the condition of
-- one, has a column that changes, each change writes into every index of the table; where none has, it stays in its page.
-- So what is open is in a table of its own, and what indexes go by does not change on the way of a call that succeeds.

-- Nobody may make a task between the copy and the triggers.
lock table task.task in share row exclusive mode;

create table task.work (
  task_id  uuid    not null constraint pk_work primary key,
  ready_at timestamptz,
  owned    boolean not null
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 2000);
comment on table task.work is
  'Tasks that are not over, for finding them: what is in task.task decides. Kept by triggers of task.task alone';
comment on column task.work.ready_at is 'As in task.task';
comment on column task.work.owned is 'Whether the task has an owner';

insert into task.work (task_id, ready_at, owned)
select task_id, ready_at, owner is not null
  from task.task where status in ('pending', 'running', 'paused', 'canceling');

create index ix_work_ready on task.work (ready_at, task_id);

-- Both find rows of work by the key, however many there are: a plan made while there were few would read all each time.
create function task.follow_tasks() returns trigger language plpgsql security definer set search_path = ''
  set enable_seqscan = off as $$
begin
  insert into task.work (task_id, ready_at, owned)
  select task_id, ready_at, owner is not null
    from fresh where status not in ('succeeded', 'failed', 'canceled')
  on conflict (task_id) do update set ready_at = excluded.ready_at, owned = excluded.owned
   where work.ready_at is distinct from excluded.ready_at or work.owned <> excluded.owned;
  if tg_op = 'UPDATE' then
    delete from task.work
     where task_id = any (array(select task_id from fresh where status in ('succeeded', 'failed', 'canceled')));
  end if;
  return null;
end
$$;

create trigger tr_task_work_begins after insert on task.task referencing new table as fresh
  for each statement execute function task.follow_tasks();
create trigger tr_task_work after update on task.task referencing new table as fresh
  for each statement execute function task.follow_tasks();

drop index task.ix_task_ready;
drop index task.ix_task_owned;
drop index task.ix_task_open;
alter table task.task
  add column failed boolean generated always as (case when status = 'failed' then true end) stored;
alter table task.task set (fillfactor = 50);
create index ix_task_failed on task.task (created_at, task_id) where failed;
comment on column task.task.failed is 'For finding those that failed; null for all others';

-- Most calls are those of steps: received, started and succeeded without being looked for by status.
drop index task.ix_tool_call_received;
drop index task.ix_tool_call_started;
drop index task.ix_tool_call_open;
alter table task.tool_call
  add column queued bigint generated always as
    (case when status = 'received' and step_id is null then arrival end) stored,
  add column leased_until timestamptz generated always as
    (case when status = 'started' and step_id is null then lease_until end) stored,
  add column standing text generated always as
    (case when status <> 'succeeded' and (status <> 'started' or step_id is null) then status end) stored;
alter table task.tool_call set (fillfactor = 50);
comment on column task.tool_call.queued is 'Its place among those that wait for the dispatcher; null for all others';
comment on column task.tool_call.leased_until is 'lease_until of a call the dispatcher started; null for all others';
comment on column task.tool_call.standing is
  'Its status, but for calls that succeeded and for steps under way; those are found through their tasks';
create index ix_tool_call_queued on task.tool_call (queued) where queued is not null;
create index ix_tool_call_leased on task.tool_call (leased_until) where leased_until is not null;
create index ix_tool_call_standing on task.tool_call (standing, created_at, tool_call_id) where standing is not null;

grant select on task.work to syris_task;

-- No index of steps has a column that changes while they run, and pages have room for the versions of all their rows:
-- a step begins and ends without touching an index. The first open step is found by its position.
drop index task.ix_step_open;
alter table task.step set (fillfactor = 50);

-- The calls a task has under way are those of its running steps.
drop index task.ix_tool_call_task;
drop index task.ix_tool_call_started;
create index ix_tool_call_started on task.tool_call (lease_until) where status = 'started' and step_id is null;

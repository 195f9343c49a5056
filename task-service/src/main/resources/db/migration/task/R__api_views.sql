-- What the gateway reads of the task service. Bodies are the contracts' JSON, made when asked for.

drop view if exists api.tool_call;
create view api.tool_call as
select c.tool_call_id,
       c.trace_id,
       c.event_id,
       c.task_id,
       c.status,
       c.tool,
       c.action,
       c.created_at,
       c.started_at,
       c.ended_at,
       json_object(
         'tool_call_id' : c.tool_call_id,
         'trace_id' : c.trace_id,
         'event_id' : c.event_id,
         'task_id' : c.task_id,
         'step_id' : c.step_id,
         'tool' : c.tool,
         'action' : c.action,
         'args' : c.args,
         'idempotency_key' : c.idempotency_key,
         'requested_by' : json_object('type' : c.requested_by_type, 'id' : c.requested_by_id),
         'status' : c.status,
         'output' : c.output,
         'error' : c.error,
         'approval_id' : c.approval_id,
         'risk_level' : c.risk_level,
         'autonomy_level' : c.autonomy_level,
         'created_at' : to_char(c.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'started_at' : to_char(c.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'ended_at' : to_char(c.ended_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
         absent on null returning json) as body
  from task.tool_call c;
comment on view api.tool_call is 'Tool calls; body is the ToolCall of the contracts';

drop view if exists api.tool;
create view api.tool as
select tool, status, body from task.tool;
comment on view api.tool is 'The tool registry; body is the Tool of the contracts';

drop view if exists api.system_health;
create view api.system_health as
select instance, version, restart_reason, started_at, last_heartbeat_at, next_expected_at, stopped_at
  from task.system_health;
comment on view api.system_health is 'The heartbeat of each instance of the task service';

drop view if exists api.tool_call_count;
create view api.tool_call_count as
select status, count(*) as count from task.tool_call group by status;
comment on view api.tool_call_count is 'Tool calls by status';

drop view if exists api.tool_call_backlog;
create view api.tool_call_backlog as
select count(*) filter (where status = 'received') as received,
       min(created_at) filter (where status = 'received') as oldest_received_at,
       count(*) filter (where status = 'started') as started,
       min(started_at) filter (where status = 'started') as oldest_started_at,
       count(*) filter (where status = 'waiting') as waiting,
       min(created_at) filter (where status = 'waiting') as oldest_waiting_at,
       count(*) filter (where status = 'unknown') as unknown,
       min(created_at) filter (where status = 'unknown') as oldest_unknown_at
  from task.tool_call
 where status in ('received', 'started', 'waiting', 'unknown');
comment on view api.tool_call_backlog is 'Tool calls that are not over, and the oldest of each kind; always one row';

drop view if exists api.timer_pending;
create view api.timer_pending as
select count(*) as count, min(due_at) as next_due_at from task.timer where fired_at is null;
comment on view api.timer_pending is 'Timers that have not fired; always one row';

drop view if exists api.task_outbox;
create view api.task_outbox as
select count(*) as depth, min(created_at) as oldest from task.outbox;
comment on view api.task_outbox is 'Words of the task service the broker does not have yet; always one row';

grant select on api.tool_call, api.tool, api.system_health, api.tool_call_count, api.tool_call_backlog,
                api.timer_pending, api.task_outbox to syris_gateway;

-- What the gateway reads of the task service. Bodies are the contracts' JSON, made when asked for.

drop view if exists api.tool_call;
create view api.tool_call as
select c.tool_call_id,
       c.trace_id,
       c.event_id,
       c.task_id,
       c.step_id,
       c.status,
       c.standing,
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
drop view if exists api.started_tool_call;
create view api.started_tool_call as
select tool_call_id from task.tool_call where standing = 'started'
union all
select s.tool_call_id
  from task.work join task.step s using (task_id)
 where work.ready_at is null and work.owned and s.status = 'running' and s.tool_call_id is not null;
comment on view api.started_tool_call is 'Calls that may be under way, among them all that are started';

create view api.tool_call_backlog as
select count(*) filter (where status = 'received') as received,
       min(created_at) filter (where status = 'received') as oldest_received_at,
       count(*) filter (where status = 'started') as started,
       min(started_at) filter (where status = 'started') as oldest_started_at,
       count(*) filter (where status = 'waiting') as waiting,
       min(created_at) filter (where status = 'waiting') as oldest_waiting_at,
       count(*) filter (where status = 'unknown') as unknown,
       min(created_at) filter (where status = 'unknown') as oldest_unknown_at
  from (select status, created_at, started_at from task.tool_call
         where standing in ('received', 'waiting', 'unknown')
        union all
        select status, created_at, started_at
          from task.tool_call join api.started_tool_call using (tool_call_id)
         where status = 'started') as open;
comment on view api.tool_call_backlog is 'Tool calls that are not over, and the oldest of each kind; always one row';

drop view if exists api.task_outbox;
create view api.task_outbox as
select count(*) as depth, min(created_at) as oldest from task.outbox;
comment on view api.task_outbox is 'Words of the task service the broker does not have yet; always one row';

drop view if exists api.task;
create view api.task as
select t.task_id,
       t.trace_id,
       t.trigger_event_id as event_id,
       t.status,
       t.failed,
       t.waiting_for,
       t.created_at,
       t.updated_at,
       t.ended_at,
       t.name,
       json_object(
         'task_id' : t.task_id,
         'name' : t.name,
         'status' : t.status,
         'trace_id' : t.trace_id,
         'trigger_event_id' : t.trigger_event_id,
         'template' : t.template,
         'template_version' : t.template_version,
         'autonomy_level_at_start' : t.autonomy_at_start,
         'labels' : t.labels,
         'input' : t.input,
         'requested_by' : json_object('type' : t.requested_by_type, 'id' : t.requested_by_id),
         'waiting_for' : coalesce(to_json(t.waiting_for), 'null'::json),
         'next_wake_time' : case when t.waiting_for in ('retry', 'time') then
                              to_char(t.ready_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') end,
         'cancel_reason' : t.cancel_reason,
         'error' : t.error,
         'created_at' : to_char(t.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'updated_at' : to_char(t.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'ended_at' : to_char(t.ended_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'steps' : (
           select json_agg(json_object(
                    'step_id' : s.step_id,
                    'name' : s.name,
                    'position' : s.position,
                    'status' : s.status,
                    'tool' : s.tool,
                    'action' : s.action,
                    'args' : s.args,
                    'when' : s.condition,
                    'wait' : s.wait,
                    'checkpoint' : s.checkpoint,
                    'output' : s.output,
                    'attempt' : s.attempt,
                    'run' : s.run,
                    'max_attempts' : s.max_attempts,
                    'retry_policy' : s.retry_policy,
                    'timeout_ms' : s.timeout_ms,
                    'tool_call_id' : s.tool_call_id,
                    'idempotency_key' : s.idempotency_key,
                    'due_at' : to_char(s.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                    'started_at' : to_char(s.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                    'ended_at' : to_char(s.ended_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                    'error' : s.error
                    absent on null returning json) order by s.position)
             from task.step s where s.task_id = t.task_id)
         absent on null returning json) as body
  from task.task t;
comment on view api.task is 'Tasks with their steps; body is the Task of the contracts';

drop view if exists api.open_task;
create view api.open_task as
select task_id from task.work;
comment on view api.open_task is 'Tasks that are neither done, failed nor canceled';

drop view if exists api.task_step;
create view api.task_step as
select s.step_id, s.task_id, t.trace_id, s.position, s.name, s.status, s.started_at, s.ended_at
  from task.step s join task.task t on t.task_id = s.task_id;
comment on view api.task_step is 'Steps of tasks, for traces';

drop view if exists api.task_template;
create view api.task_template as
select name, version, created_at, updated_at,
       (body::jsonb || jsonb_build_object(
         'name', name, 'version', version,
         'created_at', to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'updated_at', to_char(updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))::json as body
  from task.task_template;
comment on view api.task_template is 'Plans of tasks by name';

drop view if exists api.task_count;
create view api.task_count as
select status, count(*) as count from task.task group by status;
comment on view api.task_count is 'Tasks by status';

grant usage on schema api to syris_task;
grant select on api.task, api.task_template, api.tool_call to syris_task;
grant select on api.task, api.open_task, api.task_step, api.task_template, api.task_count,
                api.tool_call, api.started_tool_call, api.tool_call_count, api.tool_call_backlog,
                api.system_health, api.task_outbox to syris_gateway;

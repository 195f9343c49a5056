-- Controls and approvals for readers. Bodies are the contracts' JSON.

drop view if exists api.controls;
create view api.controls as
select json_object(
         'autonomy_level' : case when c.expires_at <= now() then c.fallback_level else c.autonomy_level end,
         'set_by' : json_object('type' : c.set_by_type, 'id' : c.set_by_id),
         'set_at' : to_char(c.set_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'reason' : c.reason,
         'expires_at' : to_char(c.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'paused' : c.paused,
         'pause_mode' : c.pause_mode,
         'history' : coalesce((
           select json_agg(json_object(
                    'what' : h.what,
                    'value' : h.value,
                    'was' : h.was,
                    'by' : json_object('type' : h.by_type, 'id' : h.by_id),
                    'at' : to_char(h.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                    'expires_at' : to_char(h.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                    'reason' : h.reason
                    absent on null returning json) order by h.change_id desc)
             from (select * from task.control_change order by change_id desc limit 100) h), '[]'::json)
         absent on null returning json) as body
  from task.control c;
comment on view api.controls is 'The controls with their last hundred changes; body is the Controls of the contracts; always one row';

drop view if exists api.approval;
create view api.approval as
select a.approval_id,
       a.trace_id,
       a.tool_call_id,
       a.task_id,
       a.status,
       a.created_at,
       a.expires_at,
       a.decided_at,
       a.used_at,
       a.decided_by_type || ' ' || a.decided_by_id as decided_by,
       a.decision_channel as channel,
       json_object(
         'approval_id' : a.approval_id,
         'created_at' : to_char(a.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'expires_at' : to_char(a.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'status' : a.status,
         'trace_id' : a.trace_id,
         'refs' : json_object(
           'tool_call_id' : a.tool_call_id, 'event_id' : a.event_id, 'task_id' : a.task_id, 'step_id' : a.step_id,
           'replaces' : a.replaces absent on null returning json),
         'risk_level' : a.risk_level,
         'risk_reasons' : a.risk_reasons,
         'autonomy_level' : a.autonomy_level,
         'gate_reasons' : a.gate_reasons,
         'what' : json_object('tool' : c.tool, 'action' : c.action, 'args' : c.args returning json),
         'what_hash' : a.what_hash,
         'tool_version' : a.tool_version,
         'policy_version' : a.policy_version,
         'preview' : a.preview,
         'preview_hash' : a.preview_hash,
         'why' : a.why,
         'requested_by' : json_object('type' : a.requested_by_type, 'id' : a.requested_by_id),
         'how_to_approve' : case when a.status = 'pending' then
           'POST /approvals/' || a.approval_id || '/approve, or ./syris approve ' || a.approval_id end,
         'decision' : case when a.decided_at is not null then json_object(
           'by' : json_object('type' : a.decided_by_type, 'id' : a.decided_by_id),
           'at' : to_char(a.decided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
           'reason' : a.decision_reason,
           'channel' : a.decision_channel,
           'waited_ms' : (extract(epoch from a.decided_at - a.created_at) * 1000)::bigint
           absent on null returning json) end,
         'used_at' : to_char(a.used_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'stale_because' : a.stale_because
         absent on null returning json) as body
  from task.approval a join task.tool_call c on c.tool_call_id = a.tool_call_id;
comment on view api.approval is 'Approvals; body is the Approval of the contracts';

drop view if exists api.approval_count;
create view api.approval_count as
select status, count(*) as count from task.approval group by status;
comment on view api.approval_count is 'Approvals by status';

grant select on api.controls, api.approval to syris_task;
grant select on api.controls, api.approval, api.approval_count to syris_gateway;

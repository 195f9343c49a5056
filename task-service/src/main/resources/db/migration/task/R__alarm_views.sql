-- Alarms for readers. Bodies are the contracts' JSON.

drop view if exists api.alarm;
create view api.alarm as
select alarm_id, type, severity, status, dedupe_key, trace_id, first_seen, last_seen,
       json_object(
         'alarm_id' : alarm_id,
         'type' : type,
         'severity' : severity,
         'status' : status,
         'dedupe_key' : dedupe_key,
         'summary' : summary,
         'count' : count,
         'first_seen' : to_char(first_seen at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'last_seen' : to_char(last_seen at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'trace_id' : trace_id,
         'refs' : refs,
         'details' : details,
         'acked' : case when acked_at is not null then json_object(
           'by' : json_object('type' : acked_by_type, 'id' : acked_by_id),
           'at' : to_char(acked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
           'note' : ack_note absent on null returning json) end,
         'resolved' : case when resolved_at is not null then json_object(
           'by' : json_object('type' : resolved_by_type, 'id' : resolved_by_id),
           'at' : to_char(resolved_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
           'note' : resolve_note absent on null returning json) end
         absent on null returning json) as body
  from task.alarm;
comment on view api.alarm is 'Alarms; body is the Alarm of the contracts';

drop view if exists api.alarm_count;
create view api.alarm_count as
select status, count(*) as count from task.alarm group by status;
comment on view api.alarm_count is 'Alarms by status';

grant select on api.alarm to syris_task;
grant select on api.alarm, api.alarm_count to syris_gateway;

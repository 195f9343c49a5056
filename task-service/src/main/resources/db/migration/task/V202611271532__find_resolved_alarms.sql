-- What a person resolved is not raised again by a look at what is still there.
create index ix_alarm_resolved_key on task.alarm (dedupe_key, resolved_at) where status = 'resolved';

-- The alarm of a call nobody knew the outcome of was not resolved with the call before.
update task.alarm
   set status = 'resolved', resolved_at = now(), resolved_by_type = 'system', resolved_by_id = 'task-service',
       resolve_note = 'the call had been settled before'
 where type = 'tool_call.unknown' and status <> 'resolved'
   and dedupe_key not in (select 'tool_call.unknown:' || tool_call_id from task.tool_call where status = 'unknown');

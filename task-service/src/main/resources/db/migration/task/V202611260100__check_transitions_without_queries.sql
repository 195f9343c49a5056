-- A query for each row that changes its status was most of what an update cost. The legal pairs become constants of the
-- trigger, read from the transition table here; the function is called only for what is not among them, and asks the
-- table as before. Whoever changes a machine calls this again.
create procedure task.guard_transitions(machine text, strict boolean) language plpgsql as $$
declare
  legal text;
begin
  execute format('select string_agg(format(''%%L'', from_status || '' > '' || to_status), '', '') from task.%I',
                 machine || '_transition') into legal;
  execute format('create or replace trigger %I before update of status on task.%I for each row'
                 ' when (%s old.status || '' > '' || new.status not in (%s)) execute function task.%I()',
                 'tr_' || machine || '_transition', machine,
                 case when strict then '' else 'old.status is distinct from new.status and' end,
                 legal, 'check_' || machine || '_transition');
end
$$;
comment on procedure task.guard_transitions is
  'Makes the trigger that refuses what the transition table of a machine does not have; strict: a state does not follow itself';

call task.guard_transitions('task', false);
call task.guard_transitions('step', false);
call task.guard_transitions('tool_call', true);
call task.guard_transitions('approval', true);

create trigger tr_tool_call_begins before insert on task.tool_call
  for each row when (new.status not in ('received', 'started')) execute function task.check_tool_call_transition();
create trigger tr_approval_begins before insert on task.approval
  for each row when (new.status <> 'pending') execute function task.check_approval_transition();

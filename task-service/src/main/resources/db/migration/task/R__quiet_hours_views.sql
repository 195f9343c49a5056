-- Quiet hours for readers. Bodies are the contracts' JSON.

drop view if exists api.quiet_hours;
create view api.quiet_hours as
select name as quiet_hours_id,
       (body ->> 'enabled')::boolean as enabled,
       name, version, created_at, updated_at,
       (body::jsonb || jsonb_build_object(
         'quiet_hours_id', name, 'name', name, 'version', version,
         'created_at', to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'updated_at', to_char(updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))::json as body
  from task.quiet_hours;
comment on view api.quiet_hours is 'Quiet hours by name';

grant select on api.quiet_hours to syris_task, syris_gateway;

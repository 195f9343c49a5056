-- Tools and integrations with their health. Bodies are the contracts' JSON.

drop view if exists api.integration;
drop view if exists task.integration_record;
drop view if exists api.tool;
drop view if exists task.tool_fare;

-- What all instances know of a tool: errors count that came after the last success anywhere.
create view task.tool_fare as
select health.tool,
       coalesce(sum(health.consecutive_errors)
         filter (where health.last_error_at > coalesce(latest.success_at, '-infinity')), 0)::bigint as consecutive_errors,
       latest.success_at as last_success_at,
       (array_agg(health.last_error order by health.last_error_at desc)
         filter (where health.last_error is not null))[1] as last_error,
       max(health.last_error_at) as last_error_at,
       max(health.rate_limit_resets_at) as rate_limit_resets_at
  from task.tool_health health
  join (select tool, max(last_success_at) as success_at from task.tool_health group by tool) latest using (tool)
 group by health.tool, latest.success_at;
comment on view task.tool_fare is 'How calls of each tool have fared, over all instances';

create view api.tool as
select tool.tool,
       now.status,
       (tool.body::jsonb
         || jsonb_strip_nulls(jsonb_build_object(
              'status', now.status,
              'consecutive_errors', coalesce(fare.consecutive_errors, 0),
              'last_success_at', to_char(fare.last_success_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
              'last_error', fare.last_error,
              'rate_limit_resets_at',
              to_char(fare.rate_limit_resets_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))))::json as body
  from task.tool tool
  left join task.tool_fare fare on fare.tool = tool.tool
  left join task.integration integration on integration.integration_id = tool.body ->> 'integration_id'
 cross join lateral (
       select case when integration.enabled is false and tool.status = 'available' then 'disabled'
                   else tool.status end as status) now;
comment on view api.tool is 'The tool registry; body is the Tool of the contracts';

create view task.integration_record as
select integration_id,
       enabled,
       status,
       json_object(
         'integration_id' : integration_id,
         'type' : type,
         'enabled' : enabled,
         'version' : version,
         'status' : status,
         'consecutive_errors' : consecutive_errors,
         'last_success_at' : to_char(last_success_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'last_error' : last_error,
         'rate_limit_resets_at' : to_char(rate_limit_resets_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'tools' : coalesce(tools, '[]'::json)
         absent on null returning json) as body
  from (select integration.integration_id,
               integration.type,
               integration.enabled,
               integration.version,
               case when not integration.enabled then 'disabled'
                    when coalesce(bool_and(tool.status <> 'available'), true) then 'disconnected'
                    when coalesce(sum(fare.consecutive_errors), 0) > 0 then 'degraded'
                    else 'connected' end as status,
               coalesce(sum(fare.consecutive_errors), 0)::bigint as consecutive_errors,
               max(fare.last_success_at) as last_success_at,
               (array_agg(fare.last_error order by fare.last_error_at desc)
                 filter (where fare.last_error is not null))[1] as last_error,
               max(fare.rate_limit_resets_at) as rate_limit_resets_at,
               json_agg(tool.tool order by tool.tool) filter (where tool.tool is not null) as tools
          from task.integration integration
          left join task.tool tool on tool.body ->> 'integration_id' = integration.integration_id
          left join task.tool_fare fare on fare.tool = tool.tool
         group by integration.integration_id, integration.type, integration.enabled, integration.version) fared;
comment on view task.integration_record is 'Integrations; body is the Integration of the contracts';

create view api.integration as
select integration_id, enabled, status, body from task.integration_record;
comment on view api.integration is 'Integrations; body is the Integration of the contracts';

grant select on api.tool, api.integration to syris_gateway;
grant select on task.integration_record, task.tool_fare to syris_task;

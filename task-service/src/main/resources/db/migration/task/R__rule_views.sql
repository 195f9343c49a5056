-- Rules for readers. Bodies are the contracts' JSON.

drop view if exists api.rule;
create view api.rule as
select rule_id,
       body ->> 'name' as name,
       (body ->> 'enabled')::boolean as enabled,
       version, created_at, updated_at,
       (body::jsonb || jsonb_build_object(
         'rule_id', rule_id, 'version', version,
         'created_at', to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'updated_at', to_char(updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))::json as body
  from task.rule;
comment on view api.rule is 'Rules; body is the Rule of the contracts';

grant select on api.rule to syris_task, syris_gateway;

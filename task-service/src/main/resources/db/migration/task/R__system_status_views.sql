-- How the system fares, for readers.

drop view if exists api.system_status;
create view api.system_status as
select status, version, since from task.system_status;
comment on view api.system_status is 'The system_status that rules and steps see; always one row';

grant select on api.system_status to syris_gateway;

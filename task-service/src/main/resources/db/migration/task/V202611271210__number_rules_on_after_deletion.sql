-- A rule that is made again under an id that was used goes on counting. Versions tell the pipeline which history a rule
-- has, a late trip which rule it was about, and If-Match what somebody read: none of them may mean two things.

create table task.rule_gone (
  rule_id text   not null constraint pk_rule_gone primary key,
  version bigint not null
);
comment on table task.rule_gone is 'The last version of each rule that was deleted';

grant select, insert, update on task.rule_gone to syris_task;

create function task.remember_rule() returns trigger
  language plpgsql
as $$
begin
  insert into task.rule_gone (rule_id, version) values (old.rule_id, old.version)
  on conflict (rule_id) do update set version = excluded.version;
  return null;
end
$$;

create function task.number_rule() returns trigger
  language plpgsql
as $$
begin
  new.version := new.version + coalesce((select version from task.rule_gone where rule_id = new.rule_id), 0);
  return new;
end
$$;

create trigger tr_rule_deleted after delete on task.rule
  for each row execute function task.remember_rule();
create trigger tr_rule_inserted before insert on task.rule
  for each row execute function task.number_rule();

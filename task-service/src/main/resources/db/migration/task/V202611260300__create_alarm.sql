create table task.alarm (
  alarm_id         uuid        not null constraint pk_alarm primary key,
  type             text        not null,
  severity         text        not null,
  status           text        not null default 'open',
  dedupe_key       text        not null,
  summary          text        not null,
  details          json        not null,
  refs             json        not null,
  trace_id         uuid        not null,
  count            bigint      not null default 1,
  first_seen       timestamptz not null,
  last_seen        timestamptz not null,
  acked_at         timestamptz,
  acked_by_type    text,
  acked_by_id      text,
  ack_note         text,
  resolved_at      timestamptz,
  resolved_by_type text,
  resolved_by_id   text,
  resolve_note     text,
  constraint ck_alarm_severity check (severity in ('warning', 'error', 'critical')),
  constraint ck_alarm_status check (status in ('open', 'acked', 'resolved')),
  constraint ck_alarm_acked check (status <> 'acked' or (acked_at is not null and acked_by_id is not null)),
  constraint ck_alarm_resolved check ((status = 'resolved') = (resolved_at is not null)),
  constraint ck_alarm_count check (count > 0)
);
comment on table task.alarm is 'What somebody should look at; at most one that is not resolved for each dedupe key';
comment on column task.alarm.count is 'How often it was noticed since it was opened';

create unique index uq_alarm_unresolved on task.alarm (dedupe_key) where status <> 'resolved';
create index ix_alarm_first_seen on task.alarm (first_seen, alarm_id);
create index ix_alarm_status on task.alarm (status, first_seen, alarm_id);

create table task.alarm_transition (
  from_status text not null,
  to_status   text not null,
  constraint pk_alarm_transition primary key (from_status, to_status)
);
comment on table task.alarm_transition is 'The state machine of an alarm; the trigger refuses what is not here';

insert into task.alarm_transition (from_status, to_status) values
  ('open', 'acked'),
  ('open', 'resolved'),
  ('acked', 'resolved');

create function task.check_alarm_transition() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    raise exception 'alarm % begins as open, not as %', new.alarm_id, new.status
      using errcode = 'check_violation', constraint = 'tr_alarm_transition';
  end if;
  raise exception 'alarm % can''t go from % to %', new.alarm_id, old.status, new.status
    using errcode = 'check_violation', constraint = 'tr_alarm_transition';
end
$$;

call task.guard_transitions('alarm', false);
create trigger tr_alarm_begins before insert on task.alarm
  for each row when (new.status <> 'open') execute function task.check_alarm_transition();

grant select, insert on task.alarm to syris_task;
grant update (status, summary, details, count, last_seen, acked_at, acked_by_type, acked_by_id, ack_note, resolved_at,
              resolved_by_type, resolved_by_id, resolve_note) on task.alarm to syris_task;
grant select on task.alarm_transition to syris_task;

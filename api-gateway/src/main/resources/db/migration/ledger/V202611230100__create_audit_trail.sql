-- The audit trail: one sequence, one hash chain, append-only for every role.

create table ledger.chain_head (
  singleton boolean not null default true,
  sequence  bigint  not null,
  hash      bytea   not null,
  constraint pk_chain_head primary key (singleton),
  constraint ck_chain_head_singleton check (singleton),
  constraint ck_chain_head_hash check (octet_length(hash) = 32)
);
comment on table ledger.chain_head is
  'Sequence and hash of the newest audit row; whoever appends locks it, moves it and nobody else can in between';
insert into ledger.chain_head (sequence, hash) values (0, decode(repeat('00', 32), 'hex'));

-- Names and ids compare by byte: faster, and a prefix such as gate.% can use an index.
create table ledger.audit_event (
  sequence     bigint           not null,
  recorded_at  timestamptz      not null,
  audit_id     uuid             not null,
  trace_id     uuid             not null,
  event_id     uuid,
  stage        text collate "C" not null,
  type         text collate "C" not null,
  outcome      text collate "C" not null,
  tool         text collate "C",
  connector_id text collate "C",
  task_id      text collate "C",
  hash         bytea            not null,
  body         json             not null,
  constraint pk_audit_event primary key (sequence),
  constraint ck_audit_event_hash check (octet_length(hash) = 32)
) partition by range (sequence);
comment on table ledger.audit_event is
  'The audit trail. body is the canonical text: hash = SHA-256(hash of the row before || bytes of body); the other columns repeat what body says';

-- Every list is newest first, by sequence, so every index ends with it. What most rows share is not indexed.
create index ix_audit_event_trace on ledger.audit_event (trace_id, sequence);
create index ix_audit_event_type on ledger.audit_event (type, sequence);
create index ix_audit_event_event on ledger.audit_event (event_id, sequence) where event_id is not null;
create index ix_audit_event_task on ledger.audit_event (task_id, sequence) where task_id is not null;
create index ix_audit_event_tool on ledger.audit_event (tool, sequence) where tool is not null;
create index ix_audit_event_connector on ledger.audit_event (connector_id, sequence) where connector_id is not null;
create index ix_audit_event_outcome on ledger.audit_event (outcome, sequence)
  where outcome in ('failure', 'suppressed');
create index ix_audit_event_stage on ledger.audit_event (stage, sequence)
  where stage not in ('normalize', 'route', 'execute', 'tool_call');

create table ledger.audit_key (
  audit_id uuid   not null,
  sequence bigint not null,
  constraint pk_audit_key primary key (audit_id)
);
comment on table ledger.audit_key is
  'Which audit ids are in the trail, over all segments: what makes a repeated record known, and finds one by its id';
create index ix_audit_key_sequence on ledger.audit_key using brin (sequence) with (pages_per_range = 32);

create table ledger.segment (
  segment_id          bigint      not null,
  first_sequence      bigint      not null,
  first_previous_hash bytea       not null,
  opened_at           timestamptz not null,
  last_sequence       bigint,
  last_hash           bytea,
  row_count           bigint,
  earliest_at         timestamptz,
  latest_at           timestamptz,
  sealed_at           timestamptz,
  dropped_at          timestamptz,
  constraint pk_segment primary key (segment_id),
  constraint uq_segment_first_sequence unique (first_sequence),
  constraint ck_segment_seal check (
    (sealed_at is null)
      = (num_nonnulls(last_sequence, last_hash, row_count, earliest_at, latest_at) = 0)
    and (sealed_at is null or num_nulls(last_sequence, last_hash, row_count, earliest_at, latest_at) = 0)),
  constraint ck_segment_dropped check (dropped_at is null or sealed_at is not null)
);
comment on table ledger.segment is
  'The partitions of the trail in order: the last is open, the others are sealed; the seal outlives the rows';

create function ledger.refuse_change() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception 'the audit trail is append-only: % on %.% is refused', tg_op, tg_table_schema, tg_table_name
    using errcode = 'restrict_violation';
end
$$;
comment on function ledger.refuse_change() is 'Refuses whatever it is attached to, for every role';

-- Statement triggers are not inherited: each partition gets its own, for statements that name it.
create trigger refuse_change before update or delete or truncate on ledger.audit_event
  for each statement execute function ledger.refuse_change();
alter table ledger.audit_event enable always trigger refuse_change;

create function ledger.open_segment(id bigint, start bigint, previous_hash bytea) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  partition text := format('audit_segment_%s', id);
begin
  execute format('create table ledger.%I (like ledger.audit_event including all)', partition);
  execute format(
    'create trigger refuse_change before update or delete or truncate on ledger.%I '
    'for each statement execute function ledger.refuse_change()', partition);
  execute format('alter table ledger.%I enable always trigger refuse_change', partition);
  execute format('comment on table ledger.%I is %L', partition, 'Rows of the audit trail from sequence ' || start);
  execute format(
    'alter table ledger.audit_event attach partition ledger.%I for values from (%s) to (maxvalue)',
    partition, start);
  insert into ledger.segment (segment_id, first_sequence, first_previous_hash, opened_at)
  values (id, start, previous_hash, now());
end
$$;
comment on function ledger.open_segment(bigint, bigint, bytea) is
  'Adds the partition that takes every row from a sequence on';

create function ledger.seal_segment(expected bigint) returns bigint
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
  set lock_timeout = '2s'
as $$
declare
  head ledger.chain_head;
  unsealed ledger.segment;
  partition text;
  facts record;
begin
  select * into strict head from ledger.chain_head for update;
  select * into strict unsealed from ledger.segment where sealed_at is null for update;
  if unsealed.segment_id <> expected or head.sequence < unsealed.first_sequence then
    return null;
  end if;
  partition := format('audit_segment_%s', unsealed.segment_id);
  execute format('alter table ledger.audit_event detach partition ledger.%I', partition);
  execute format(
    'select count(*) as rows, min(recorded_at) as earliest, max(recorded_at) as latest from ledger.%I', partition)
    into facts;
  -- The check spares a second look at every row when the partition comes back with its end.
  execute format(
    'alter table ledger.%I add constraint ck_audit_segment_range check (sequence >= %s and sequence <= %s)',
    partition, unsealed.first_sequence, head.sequence);
  execute format(
    'alter table ledger.audit_event attach partition ledger.%I for values from (%s) to (%s)',
    partition, unsealed.first_sequence, head.sequence + 1);
  update ledger.segment
     set last_sequence = head.sequence, last_hash = head.hash, row_count = facts.rows,
         earliest_at = coalesce(facts.earliest, opened_at), latest_at = coalesce(facts.latest, opened_at),
         sealed_at = now()
   where segment_id = unsealed.segment_id;
  perform ledger.open_segment(unsealed.segment_id + 1, head.sequence + 1, head.hash);
  return unsealed.segment_id;
end
$$;
comment on function ledger.seal_segment(bigint) is
  'Seals the open segment at the head of the chain and opens the next; null where another is open, or it is empty';

create function ledger.drop_oldest_segment(retention interval) returns bigint
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
  set lock_timeout = '2s'
as $$
declare
  oldest ledger.segment;
begin
  select * into oldest from ledger.segment where dropped_at is null order by segment_id limit 1 for update;
  -- 60 days: what Kafka may still hold must stay known here, or a re-read would record it a second time.
  if oldest.sealed_at is null or oldest.latest_at >= now() - greatest(retention, interval '60 days') then
    return null;
  end if;
  execute format('drop table ledger.%I', format('audit_segment_%s', oldest.segment_id));
  delete from ledger.audit_key where sequence between oldest.first_sequence and oldest.last_sequence;
  update ledger.segment set dropped_at = now() where segment_id = oldest.segment_id;
  return oldest.segment_id;
end
$$;
comment on function ledger.drop_oldest_segment(interval) is
  'Drops the rows of the oldest sealed segment if all are older than the retention, and leaves its seal; the number dropped, or null';

revoke all on function ledger.open_segment(bigint, bigint, bytea) from public;
revoke all on function ledger.seal_segment(bigint) from public;
revoke all on function ledger.drop_oldest_segment(interval) from public;

select ledger.open_segment(1, 1, decode(repeat('00', 32), 'hex'));

grant select, insert on ledger.audit_event to ${role};
grant select, insert on ledger.audit_key to ${role};
grant select, update on ledger.chain_head to ${role};
grant select on ledger.segment to ${role};
grant execute on function ledger.seal_segment(bigint) to ${role};
grant execute on function ledger.drop_oldest_segment(interval) to ${role};

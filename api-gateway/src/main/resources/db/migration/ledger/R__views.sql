-- What the gateway reads. Dropped and made anew, so that a column can change.

drop view if exists api.audit_event, api.audit_key, api.audit_segment, api.event, api.routing_decision,
  api.dead_letter, api.trace, api.artifact, api.ledger_state, api.ledger_gap, api.rule_stat;

create view api.audit_event as
  select sequence, recorded_at, audit_id, trace_id, stage, type, outcome, tool, connector_id, event_id, task_id, body
    from ledger.audit_event;
comment on view api.audit_event is 'The audit trail; lists go by sequence';

create view api.audit_key as select audit_id, sequence from ledger.audit_key;
comment on view api.audit_key is
  'Finds an audit record by id: where sequence = (select sequence from api.audit_key where audit_id = …)';

create view api.audit_segment as
  select segment_id, first_sequence, last_sequence, encode(first_previous_hash, 'hex') as first_previous_hash,
         encode(last_hash, 'hex') as last_hash, row_count, earliest_at, latest_at, opened_at, sealed_at, dropped_at
    from ledger.segment;
comment on view api.audit_segment is 'Segments of the trail and their seals, those whose rows are gone too';

create view api.event as
  select event_id, trace_id, parent_event_id, channel, connector_id, ingested_at, partition, "offset", body from ledger.event;
comment on view api.event is
  'Canonical events; lists go by ingested_at, event_id. Rules met them by ingested_at, partition, offset';

create view api.routing_decision as
  select event_id, trace_id, execution_mode, decided_at, body from ledger.routing_decision;
comment on view api.routing_decision is 'Routing decisions; lists go by decided_at, event_id';

create view api.dead_letter as
  select dead_letter_id, topic, partition, "offset", reason, error, at, trace_id, payload_ref from ledger.dead_letter;
comment on view api.dead_letter is 'Dead letters; lists go by at, dead_letter_id';

create view api.trace as
  select trace_id, started_at, last_at, first_sequence, last_sequence, audits, failures, event_id, channel, connector_id, last_type,
         last_outcome
    from ledger.trace;
comment on view api.trace is
  'One row per trace; lists go by started_at, trace_id. event_id, channel and connector_id are of the first event';

create view api.artifact as select artifact_id, created_at, size_bytes from ledger.artifact;
comment on view api.artifact is 'Which artifacts there are; their content is read through the ledger, which has the key';

create view api.ledger_state as
  select topic, partition, next_offset, updated_at from ledger.topic_position;
comment on view api.ledger_state is 'How far the ledger has read';

create view api.ledger_gap as
  select gap_id, topic, partition, kind, expected_offset, resumed_offset, at from ledger.gap;
comment on view api.ledger_gap is 'Where records were lost before the ledger could read them';

create view api.rule_stat as
  select rule_id, coalesce(sum(count) filter (where reason = ''), 0)::bigint as hits,
         coalesce(json_object_agg(reason, count order by reason) filter (where reason <> ''), '{}') as suppressions,
         max(last_at) filter (where reason = '') as last_fired_at
    from ledger.rule_stat
   group by rule_id;
comment on view api.rule_stat is
  'What the trail ever told of each rule: firings, suppressions by reason, when it fired last. Rules that did nothing have no row';

-- Times to sequences by bisection: recorded_at grows with the sequence but for a clock that was set back, for which
-- five minutes are allowed. The caller still compares recorded_at itself. This spares the trail an index on the time.
create or replace function api.audit_sequence_at(moment timestamptz) returns bigint
  language plpgsql
  stable
  strict
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  low bigint;
  high bigint;
  middle bigint;
  recorded timestamptz;
begin
  select coalesce(min(first_sequence), 1) into low from ledger.segment where dropped_at is null;
  select sequence + 1 into high from ledger.chain_head;
  while low < high loop
    middle := (low + high) / 2;
    select recorded_at into recorded from ledger.audit_event where sequence >= middle order by sequence limit 1;
    if recorded < moment then
      low := middle + 1;
    else
      high := middle;
    end if;
  end loop;
  return low;
end
$$;
comment on function api.audit_sequence_at(timestamptz) is
  'The first sequence recorded at a time or later; one past the newest where there is none';

create or replace function api.audit_sequence_since(since timestamptz) returns bigint
  language sql
  stable
  strict
as $$ select api.audit_sequence_at(since - interval '5 minutes') $$;
comment on function api.audit_sequence_since(timestamptz) is
  'No record since that time has a lower sequence: and sequence >= api.audit_sequence_since(:since)';

create or replace function api.audit_sequence_until(until timestamptz) returns bigint
  language sql
  stable
  strict
as $$ select api.audit_sequence_at(until + interval '5 minutes') $$;
comment on function api.audit_sequence_until(timestamptz) is
  'Every record before that time has a lower sequence: and sequence < api.audit_sequence_until(:until)';

revoke all on function api.audit_sequence_at(timestamptz) from public;
revoke all on function api.audit_sequence_since(timestamptz) from public;
revoke all on function api.audit_sequence_until(timestamptz) from public;
grant execute on function api.audit_sequence_at(timestamptz) to syris_gateway;
grant execute on function api.audit_sequence_since(timestamptz) to syris_gateway;
grant execute on function api.audit_sequence_until(timestamptz) to syris_gateway;

grant select on api.audit_event, api.audit_key, api.audit_segment, api.event, api.routing_decision, api.dead_letter,
  api.trace, api.artifact, api.ledger_state, api.ledger_gap, api.rule_stat to syris_gateway;
grant select on api.ledger_state, api.event to syris_task;

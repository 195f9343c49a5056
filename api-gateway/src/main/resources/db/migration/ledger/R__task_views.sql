-- What the task service reads of the ledger, to watch over it. Dropped and made anew, so that a column can change.

drop view if exists api.dead_letter_recent, api.ledger_gap_open, api.ledger_newest;

create view api.dead_letter_recent as
  select coalesce(rejected.connector_id, trace.connector_id, 'unknown') as connector_id,
         count(*) as count, max(letter.at) as last_at
    from ledger.dead_letter letter
    left join ledger.trace trace on trace.trace_id = letter.trace_id
    left join lateral (
      select audit.connector_id
        from ledger.audit_event audit
       where audit.trace_id = letter.trace_id and audit.type = 'event.rejected'
         and audit.body -> 'refs' ->> 'dead_letter_id' = letter.dead_letter_id::text
       limit 1) rejected on true
   where letter.at > now() - interval '1 hour'
   group by 1;
comment on view api.dead_letter_recent is
  'Dead letters of the last hour by the connector they name, else the one whose event began their trace, else unknown';

create view api.ledger_gap_open as
  select gap_id::text as gap_id, topic, at,
         json_build_object(
           'kind', kind, 'partition', partition, 'expected_offset', expected_offset,
           'resumed_offset', resumed_offset) as details
    from ledger.gap
   where at > now() - interval '7 days';
comment on view api.ledger_gap_open is 'Gaps the ledger told of in the last seven days';

create view api.ledger_newest as
  select max(newest.recorded_at) as recorded_at
    from (select recorded_at from ledger.audit_event order by sequence desc limit 1) as newest;
comment on view api.ledger_newest is 'When the newest audit record was recorded; always one row, null in an empty trail';

grant usage on schema api to syris_task;
grant select on api.dead_letter_recent, api.ledger_gap_open, api.ledger_newest to syris_task;

-- Events, decisions, traces, dead letters and payloads go the way of the trail that tells of them: never before it.

alter table ledger.dead_letter add constraint fk_dead_letter_payload
  foreign key (payload_ref) references ledger.artifact (artifact_id);
create index ix_dead_letter_payload on ledger.dead_letter (payload_ref) where payload_ref is not null;
create index ix_artifact_created_at on ledger.artifact (created_at);

create function ledger.forget(retention interval, most integer) returns bigint
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
  set lock_timeout = '2s'
as $$
declare
  batch integer := greatest(0, least(most, 10000));
  untold timestamptz;
  moment timestamptz;
  rows bigint;
  gone bigint := 0;
begin
  -- What the dropped segments told of. A least() with null would be the other value.
  select max(latest_at) into untold from ledger.segment where dropped_at is not null;
  if untold is null then
    return 0;
  end if;
  -- 60 days: what Kafka may still hold must stay known here, or a re-read would record it a second time.
  moment := least(untold, now() - greatest(retention, interval '60 days'));

  delete from ledger.event where event_id in
    (select event_id from ledger.event where ingested_at < moment order by ingested_at limit batch);
  get diagnostics rows = row_count;
  gone := gone + rows;

  delete from ledger.routing_decision where event_id in
    (select event_id from ledger.routing_decision where decided_at < moment order by decided_at limit batch);
  get diagnostics rows = row_count;
  gone := gone + rows;

  delete from ledger.trace where trace_id in
    (select trace_id from ledger.trace where started_at < moment and last_at < moment order by started_at limit batch);
  get diagnostics rows = row_count;
  gone := gone + rows;

  delete from ledger.dead_letter where dead_letter_id in
    (select dead_letter_id from ledger.dead_letter where at < moment order by at limit batch);
  get diagnostics rows = row_count;
  gone := gone + rows;

  delete from ledger.artifact where artifact_id in
    (select artifact_id from ledger.artifact
      where created_at < moment
        and not exists (select from ledger.dead_letter where payload_ref = artifact_id)
      order by created_at limit batch);
  get diagnostics rows = row_count;
  return gone + rows;
end
$$;
comment on function ledger.forget(interval, integer) is
  'Deletes at most so many rows of each kind that are older than the retention and than every kept record of the trail, and payloads nothing kept refers to; how many went';

revoke all on function ledger.forget(interval, integer) from public;
grant execute on function ledger.forget(interval, integer) to ${role};

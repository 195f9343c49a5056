create table ingest.idempotency (
  caller          text        not null,
  path            text        not null,
  key             text        not null,
  request_hash    bytea       not null,
  event_ids       uuid[]      not null,
  trace_ids       uuid[]      not null,
  created_at      timestamptz not null default now(),
  acknowledged_at timestamptz,
  constraint pk_idempotency primary key (caller, path, key),
  constraint ck_idempotency_key check (char_length(key) between 1 and 255),
  constraint ck_idempotency_hash check (octet_length(request_hash) = 32),
  constraint ck_idempotency_ids check (
    cardinality(event_ids) between 1 and 500 and cardinality(trace_ids) = cardinality(event_ids))
);
comment on table ingest.idempotency is
  'Requests with an Idempotency-Key and the ids of their events, committed before the events are written; kept for 24 h';
comment on column ingest.idempotency.caller is 'id of the token, or who the gateway says it is where the address needs none';
comment on column ingest.idempotency.acknowledged_at is 'when the broker was known to have the events; null: write them again under the same ids';

create index ix_idempotency_created_at on ingest.idempotency (created_at);

grant select, insert, update, delete on ingest.idempotency to syris_ingest;

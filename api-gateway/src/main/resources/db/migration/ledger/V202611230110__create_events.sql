-- What the pipeline said, one row per record, and the trace each belongs to.

create table ledger.event (
  event_id        uuid             not null,
  trace_id        uuid             not null,
  parent_event_id uuid,
  ingested_at     timestamptz      not null,
  channel         text collate "C" not null,
  connector_id    text collate "C" not null,
  body            json             not null,
  constraint pk_event primary key (event_id)
);
comment on table ledger.event is 'Every canonical event, body as it is on the topic';
create index ix_event_ingested_at on ledger.event (ingested_at, event_id);
create index ix_event_trace on ledger.event (trace_id);
create index ix_event_connector on ledger.event (connector_id, ingested_at);
create index ix_event_channel on ledger.event (channel, ingested_at);

create table ledger.routing_decision (
  event_id       uuid             not null,
  trace_id       uuid             not null,
  decided_at     timestamptz      not null,
  execution_mode text collate "C" not null,
  body           json             not null,
  constraint pk_routing_decision primary key (event_id)
);
comment on table ledger.routing_decision is 'What was decided for each event, body as it is on the topic';
create index ix_routing_decision_decided_at on ledger.routing_decision (decided_at, event_id);
create index ix_routing_decision_trace on ledger.routing_decision (trace_id);

create table ledger.trace (
  trace_id       uuid             not null,
  started_at     timestamptz      not null,
  last_at        timestamptz      not null,
  audits         bigint           not null,
  failures       bigint           not null,
  first_sequence bigint,
  last_sequence  bigint,
  event_id       uuid,
  channel        text collate "C",
  connector_id   text collate "C",
  last_type      text collate "C",
  last_outcome   text collate "C",
  constraint pk_trace primary key (trace_id)
) with (fillfactor = 75);
comment on table ledger.trace is
  'One row per trace, kept up to date with the rows it sums up, so that traces can be listed newest first';
create index ix_trace_started_at on ledger.trace (started_at, trace_id);

grant select, insert on ledger.event, ledger.routing_decision to ${role};
grant select, insert, update on ledger.trace to ${role};

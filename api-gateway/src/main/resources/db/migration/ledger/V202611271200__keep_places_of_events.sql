-- Where each event lies on its topic: events of one partition that were accepted in the same millisecond have no other
-- order, and rules met them in it. Events from before this have none.

alter table ledger.event
  add column partition integer,
  add column "offset" bigint;
comment on column ledger.event.partition is 'Partition of syris.pipeline.event; null where it was not kept yet';
comment on column ledger.event."offset" is 'Offset within the partition; null where it was not kept yet';

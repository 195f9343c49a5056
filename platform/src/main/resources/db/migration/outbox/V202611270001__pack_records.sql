-- Base64 in JSON made every record a third longer, and reading it cost more than publishing it. Rows written before stay
-- readable until they are published.
alter table ${schema}.outbox alter column records drop not null;
alter table ${schema}.outbox add column packed bytea;
alter table ${schema}.outbox add column bytes int;
alter table ${schema}.outbox alter column packed set storage external;
alter table ${schema}.outbox add constraint ck_outbox_records
  check (num_nonnulls(records, packed) = 1 and (packed is null) = (bytes is null));
comment on table ${schema}.outbox is
  'What a transaction says aloud: one row a transaction, its Kafka records in order; deleted once published';
comment on column ${schema}.outbox.bytes is 'What the records of packed are when they are unpacked, which a reader has to hold';
comment on column ${schema}.outbox.packed is 'The Kafka records of one transaction, packed as PackedRecords says';
comment on column ${schema}.outbox.records is 'The same as JSON, as it was written before; null since';

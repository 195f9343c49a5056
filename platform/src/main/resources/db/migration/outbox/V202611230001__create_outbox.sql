create table ${schema}.outbox (
  outbox_id  bigint generated always as identity constraint pk_outbox primary key,
  created_at timestamptz not null default now(),
  records    text        not null
);
comment on table ${schema}.outbox is
  'What a transaction says aloud: one row a transaction, a JSON array of Kafka records; deleted once published';

create table ${schema}.outbox_leader (
  singleton  boolean     not null default true constraint pk_outbox_leader primary key,
  owner      text        not null,
  epoch      bigint      not null,
  expires_at timestamptz not null,
  constraint ck_outbox_leader_singleton check (singleton)
);
comment on table ${schema}.outbox_leader is
  'Who relays the outbox: a lease with an epoch, so that of several instances one publishes';

grant select, insert, delete on ${schema}.outbox to ${role};
grant select, insert, update on ${schema}.outbox_leader to ${role};

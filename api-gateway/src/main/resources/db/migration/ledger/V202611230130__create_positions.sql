create table ledger.topic_position (
  topic        text collate "C" not null,
  partition    integer          not null,
  topic_id     text collate "C" not null,
  next_offset  bigint           not null,
  leader_epoch integer,
  updated_at   timestamptz      not null default now(),
  constraint pk_topic_position primary key (topic, partition),
  constraint ck_topic_position_next_offset check (next_offset >= 0)
) with (fillfactor = 20);
comment on table ledger.topic_position is
  'How far the ledger has read. Moves in the transaction that writes the rows, from the value that transaction started with';

create table ledger.gap (
  gap_id          uuid             not null,
  at              timestamptz      not null,
  partition       integer          not null,
  expected_offset bigint           not null,
  resumed_offset  bigint           not null,
  topic           text collate "C" not null,
  kind            text collate "C" not null,
  constraint pk_gap primary key (gap_id),
  constraint ck_gap_kind check (kind in ('expired', 'truncated', 'recreated'))
);
comment on table ledger.gap is
  'Where the ledger could not go on reading where it had stopped; each is also a ledger.gap in the audit trail';

grant select, insert, update on ledger.topic_position to ${role};
grant select, insert on ledger.gap to ${role};

create table ledger.artifact (
  artifact_id text collate "C" not null,
  created_at  timestamptz      not null default now(),
  size_bytes  integer          not null,
  ciphertext  bytea            not null,
  constraint pk_artifact primary key (artifact_id),
  constraint ck_artifact_id check (artifact_id ~ '^[0-9a-f]{64}$')
);
alter table ledger.artifact alter column ciphertext set storage external;
comment on table ledger.artifact is
  'Payloads, named by the SHA-256 of their bytes in the clear and kept encrypted (AES-256-GCM)';

create table ledger.dead_letter (
  dead_letter_id uuid             not null,
  at             timestamptz      not null,
  trace_id       uuid,
  partition      integer          not null,
  "offset"       bigint           not null,
  topic          text collate "C" not null,
  reason         text collate "C" not null,
  error          text             not null,
  payload_ref    text collate "C",
  envelope       bytea            not null,
  constraint pk_dead_letter primary key (dead_letter_id)
);
comment on table ledger.dead_letter is
  'Records nobody could use: where they lay, why, the artifact with their bytes, and their key and headers (encrypted)';
create index ix_dead_letter_at on ledger.dead_letter (at, dead_letter_id);
create index ix_dead_letter_trace on ledger.dead_letter (trace_id) where trace_id is not null;

grant select, insert on ledger.artifact, ledger.dead_letter to ${role};

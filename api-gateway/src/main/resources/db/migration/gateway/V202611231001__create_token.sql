create table gateway.token (
  token_id     uuid        not null constraint pk_token primary key,
  name         text        not null constraint ck_token_name check (length(name) between 1 and 100),
  hash         bytea       not null constraint uq_token_hash unique
                                    constraint ck_token_hash check (octet_length(hash) = 32),
  scopes       text[]      not null constraint ck_token_scopes
                                    check (cardinality(scopes) > 0
                                           and scopes <@ array['read', 'ingest', 'call', 'approve', 'admin']),
  tool_scopes  text[],
  origin       text        not null constraint ck_token_origin
                                    check (origin in ('first_start', 'environment', 'api')),
  created_by   uuid,
  created_at   timestamptz not null,
  expires_at   timestamptz,
  last_used_at timestamptz
);
comment on table gateway.token is
  'Who may call: the SHA-256 of each secret, never a secret; a row that is gone is a token that was taken back';
create unique index uq_token_environment on gateway.token (origin) where origin = 'environment';

create table gateway.idempotent_answer (
  caller       uuid        not null,
  key_hash     bytea       not null,
  request_hash bytea       not null,
  status       int         not null,
  answer       bytea       not null,
  created_at   timestamptz not null,
  constraint pk_idempotent_answer primary key (caller, key_hash)
);
comment on table gateway.idempotent_answer is
  'Answers to POSTs with an Idempotency-Key, for 24 hours; sealed with a key only the caller can make again';
create index ix_idempotent_answer_created_at on gateway.idempotent_answer (created_at);

grant select, insert, update, delete on gateway.token to ${role};
grant select, insert, delete on gateway.idempotent_answer to ${role};

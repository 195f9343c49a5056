create table secret.secret (
  name   text        not null constraint pk_secret primary key,
  key_id text        not null,
  sealed bytea       not null,
  set_at timestamptz not null,
  constraint ck_secret_name check (name ~ '^[A-Za-z0-9._-]{1,64}/[A-Za-z0-9._-]{1,64}$'),
  constraint ck_secret_key_id check (key_id ~ '^[0-9a-f]{16}$')
);
comment on table secret.secret is
  'What the operator keeps secret, each encrypted for its name (AES-256-GCM); the owner writes, the services that use them read';
comment on column secret.secret.key_id is 'Which key it is sealed with; says nothing of the key';

grant usage on schema secret to syris_ingest;
grant select on secret.secret to syris_ingest, syris_task;

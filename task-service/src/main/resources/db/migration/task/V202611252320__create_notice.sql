create table task.notice (
  notice_id  uuid        not null constraint pk_notice primary key,
  kind       text        not null,
  subject_id text        not null,
  target     text        not null,
  title      text        not null,
  body       text        not null,
  urgency    text        not null,
  status     text        not null default 'pending',
  attempts   int         not null default 0,
  next_at    timestamptz not null,
  created_at timestamptz not null,
  sent_at    timestamptz,
  last_error json,
  constraint uq_notice_subject unique (kind, subject_id, target),
  constraint ck_notice_kind check (kind in ('approval', 'alarm', 'unknown', 'more')),
  constraint ck_notice_urgency check (urgency in ('normal', 'high')),
  constraint ck_notice_status check (status in ('pending', 'sent', 'failed', 'dropped')),
  constraint ck_notice_sent check ((status = 'sent') = (sent_at is not null))
);
comment on table task.notice is 'What the operator is told, one row for each target; written in the transaction it tells of';
comment on column task.notice.next_at is 'When it is sent; while it is being sent, when whoever does that counts as gone';

create index ix_notice_pending on task.notice (target, next_at) where status = 'pending';
create index ix_notice_sent on task.notice (target, sent_at) where status = 'sent';

create table task.decision_link (
  token_hash  text        not null constraint pk_decision_link primary key,
  approval_id uuid        not null constraint fk_decision_link_approval references task.approval,
  target      text        not null,
  created_at  timestamptz not null,
  expires_at  timestamptz not null,
  used_at     timestamptz
);
comment on table task.decision_link is 'Links by which approvals are answered; the token itself is nowhere but in the notice';
comment on column task.decision_link.token_hash is 'SHA-256 in hexadecimal';

create index ix_decision_link_approval on task.decision_link (approval_id, target);

grant select, insert, update on task.notice to syris_task;
grant select, insert on task.decision_link to syris_task;
grant update (expires_at, used_at) on task.decision_link to syris_task;

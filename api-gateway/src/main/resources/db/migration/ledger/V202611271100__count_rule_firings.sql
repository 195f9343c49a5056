-- What rules did, counted as the trail tells of it: a list of rules must not go through the trail.

create table ledger.rule_stat (
  rule_id text collate "C" not null,
  reason  text collate "C" not null,
  count   bigint           not null,
  last_at timestamptz      not null,
  constraint pk_rule_stat primary key (rule_id, reason)
) with (fillfactor = 75);
comment on table ledger.rule_stat is
  'How often a rule fired, where the reason is empty, and how often each reason held it back; kept in the transaction that writes the trail, and longer than the trail';

grant select, insert, update on ledger.rule_stat to ${role};

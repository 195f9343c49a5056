alter table ${schema}.outbox_leader
  add column instance text not null default '';
comment on column ${schema}.outbox_leader.instance is
  'Name that stays the same over a restart, so that an instance takes over from its former self at once';

-- Rows live for milliseconds: clean up after a fixed number of them, not after a share of an empty table.
alter table ${schema}.outbox set (
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 5000,
  autovacuum_vacuum_insert_threshold = -1,
  autovacuum_analyze_scale_factor = 0,
  autovacuum_analyze_threshold = 50000
);

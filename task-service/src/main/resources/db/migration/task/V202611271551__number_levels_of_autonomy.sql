-- The pipeline takes of two levels the one with the higher number. A clock may be set back; a number that is kept here may not.

alter table task.control add column autonomy_version bigint not null default 0;
update task.control
   set autonomy_version = (extract(epoch from greatest(now(), set_at)) * 1000)::bigint;
comment on column task.control.autonomy_version is
  'Grows with every level that is set: milliseconds since 1970, or one more than before where the clock is behind';

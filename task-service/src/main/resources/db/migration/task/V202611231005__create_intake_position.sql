create table task.intake_position (
  topic       text        not null,
  partition   int         not null,
  next_offset bigint      not null,
  updated_at  timestamptz not null,
  constraint pk_intake_position primary key (topic, partition)
);
comment on table task.intake_position is
  'How far the rows here reach in each partition, written with them; tells a lost offset from a first start';

grant select, insert, update on task.intake_position to syris_task;

-- Rows live for milliseconds: compressing them costs more than it saves, and most fit into a page uncompressed.
alter table ${schema}.outbox alter column records set storage external;
alter table ${schema}.outbox set (toast_tuple_target = 8160);

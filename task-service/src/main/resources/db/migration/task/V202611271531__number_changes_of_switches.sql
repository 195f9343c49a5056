-- Watchers and integrations are switched by people: If-Match needs to know what they saw.
alter table task.watcher add column version bigint not null default 1;
comment on column task.watcher.version is 'Grows with each change by the operator, not with what it sees';
alter table task.integration add column version bigint not null default 1;
comment on column task.integration.version is 'Grows with each change by the operator, not with how its tools fare';
